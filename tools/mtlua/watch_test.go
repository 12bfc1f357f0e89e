//go:build unix

package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWatch changes the files of a script that waits, loops or has ended: each time it runs again.
func TestWatch(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) { // in one step
		t.Helper()
		path := filepath.Join(folder, name)
		if err := errors.Join(os.WriteFile(path+".new", []byte(text), 0o644), os.Rename(path+".new", path)); err != nil {
			t.Fatal(err)
		}
	}
	const main = `
		print(require "part", ...) io.flush()
		if (...) == "wait" then require "mtmsg".newbuffer():nextmsg() end`
	write("main.lua", main)
	write("part.lua", `return "first"`)

	command := exec.Command("mtlua", "-W", "--watch", "--", filepath.Join(folder, "main.lua"), "wait")
	_, out, in := pipes(t, command)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	lines, messages := bufio.NewScanner(out), bufio.NewScanner(stderr)
	expect := func(want string) {
		t.Helper()
		if !lines.Scan() || lines.Text() != want {
			t.Fatalf("it prints %q, want %q", lines.Text(), want)
		}
	}
	expectMessage := func(part string) {
		t.Helper()
		for messages.Scan() {
			if strings.Contains(messages.Text(), part) {
				return
			}
		}
		t.Fatalf("it does not say %q", part)
	}

	expect("first\twait")
	write("part.lua", `return "second"`) // while it waits
	expect("second\twait")
	expectMessage("part.lua has changed")
	write("main.lua", strings.Replace(main, "require \"mtmsg\".newbuffer():nextmsg()", "while true do end", 1))
	expect("second\twait")
	write("main.lua", `print "ends" io.flush()`) // while it loops
	expect("ends")
	expectMessage("ended (exit status 0)")
	write("main.lua", `print "fails" io.flush() error "no"`) // after its end
	expect("fails")
	expectMessage("ended (exit status 1)")
	if err := os.Mkdir(filepath.Join(folder, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	write("main.lua", `print "with a folder" io.flush()`)
	expect("with a folder")
	expectMessage("ended (exit status 0)")
	write("sub/new.lua", "") // in a folder that is new
	expect("with a folder")
	expectMessage("ended (exit status 0)")

	interrupt(t, command)
	if err := command.Wait(); err == nil || command.ProcessState.ExitCode() != statusInterrupted {
		t.Errorf("it ends with %v", err)
	}
}

func TestWatchNeedsAScript(t *testing.T) {
	out, err := exec.Command("mtlua", "--watch", "-e", "print(1)").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "mtlua: --watch needs a script") || strings.Contains(string(out), "1\n") {
		t.Errorf("%v: %s", err, out)
	}
}
