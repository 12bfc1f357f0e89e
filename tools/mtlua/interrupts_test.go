//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// interruptions are scripts that get the signal of Ctrl-C when they have called ready, and what they do then.
var interruptions = []struct {
	script string
	stdout string
	stderr string // the end of its first line
	status int
}{
	{`ready() while true do end`, "", "interrupted!", 130},
	{`ready() local function f() return f() end f()`, "", "interrupted!", 130},
	{`coroutine.wrap(function() ready() while true do end end)()`, "", "interrupted!", 130},
	{`ready() local _ = (("a"):rep(1e6)):find(("a*"):rep(60) .. "b")`, "", "interrupted!", 130},
	{`ready() require"mtmsg".newbuffer():nextmsg(60)`, "", "interrupted!", 130},
	{`l = require"mtmsg".newlistener() b = l:newbuffer() ready() l:nextmsg(60)`, "", "interrupted!", 130},
	{`ready() require"mtmsg".sleep(60)`, "", "interrupted!", 130},
	{`t = require"llthreads2".new("while true do end"):start() ready() t:join()`, "", "interrupted!", 130},
	{`ready() io.read()`, "", "interrupted!", 130},
	{`ready() for line in io.lines() do print(line) end`, "", "interrupted!", 130},
	{`p = io.popen("exec sleep 60 2>&1") ready() p:read()`, "", "interrupted!", 130},
	{`p = io.popen("exec sleep 60 2>&1") ready() p:close()`, "", "interrupted!", 130},
	{`ready() os.execute("exec sleep 60")`, "", "interrupted!", 130},
	{`s = require"mtstates".newstate("return function() while true do end end") ready() s:call()`, "",
		"interrupted!", 130},
	{`ready() require"mtstates".newstate("require'mtmsg'.sleep(60)")`, "",
		"interrupted!", 130},
	{`s = require"mtstates".newstate([[local s = require"mtstates".newstate("return function() while true do end end")
		return function() s:call() end]]) ready() s:call()`, "",
		"interrupted!", 130},
	// The script may catch the error and go on.
	{`print(pcall(function() ready() while true do end end)) os.exit(7)`, "false\tinterrupted!\n", "", 7},
	{`print(pcall(function() ready() io.read() end)) print(io.read())`, "false\tinterrupted!\nthe line\n", "", 0},
	{`pcall(function() ready() while true do end end) error("x", 0)`, "", "mtlua: x", 1},
	// Ctrl-C ends the program at once when only threads run, and the second time.
	{`require"llthreads2".new("print('ready') io.flush() while true do end"):start()`, "", "", 130},
	{`pcall(function() ready() while true do end end) again() pcall(function() while true do end end)`, "again\n", "", 130},
}

// The threads print their line while the script goes on, so that it usually waits or loops when the signal comes.
const prelude = `
local llthreads = require "llthreads2"
function ready() llthreads.new("print('ready') io.flush()"):start() end
function again() llthreads.new("print('again') io.flush()"):start() end
`

// TestInterrupt sends the signal to a script after the line "ready", and once more after the line "again".
func TestInterrupt(t *testing.T) {
	for _, test := range interruptions {
		t.Run(test.script, func(t *testing.T) {
			command := exec.Command("mtlua", "-e", prelude, "-e", test.script)
			stdin, out, in := pipes(t, command)
			defer stdin.Close()
			var stderr strings.Builder
			command.Stderr = &stderr
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			in.Close()
			lines := bufio.NewScanner(out)
			var stdout strings.Builder
			for lines.Scan() {
				switch lines.Text() {
				case "ready":
					interrupt(t, command)
					continue
				case "again":
					interrupt(t, command)
				case "false\tinterrupted!":
					_, _ = io.WriteString(stdin, "the line\n") // a script that does not read it may be over
				}
				stdout.WriteString(lines.Text() + "\n")
			}
			status := 0
			if ended := (*exec.ExitError)(nil); errors.As(command.Wait(), &ended) {
				status = ended.ExitCode()
			}
			first, _, _ := strings.Cut(stderr.String(), "\n")
			// Where nothing is expected, the signal may come before the script has ended, or the thread's line was printed.
			asExpected := strings.HasSuffix(first, test.stderr) && (test.stderr != "" || first == "" || first == "mtlua: interrupted!")
			if stdout.String() != test.stdout || !asExpected || status != test.status {
				t.Errorf("prints %q, %q, status %d", stdout.String(), first, status)
			}
			if test.status == 130 && test.stderr != "" && !strings.Contains(stderr.String(), "\nstack traceback:\n\t") {
				t.Errorf("no traceback: %s", stderr.String())
			}
		})
	}
}

// pipes connects the standard input and output of a command; in is the end of the output that only the command needs.
func pipes(t *testing.T, command *exec.Cmd) (stdin io.WriteCloser, out, in *os.File) {
	t.Helper()
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, in, err = os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stdout = in
	return stdin, out, in
}

func interrupt(t *testing.T, command *exec.Cmd) {
	t.Helper()
	if err := command.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
}
