package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// terminal is mtlua in a pseudo terminal.
type terminal struct {
	t       *testing.T
	command *exec.Cmd
	keys    *os.File
	mu      sync.Mutex
	changed *sync.Cond
	screen  []byte // what was written since the last expect
	ended   bool
}

// openTerminal starts mtlua, which ends with the test.
func openTerminal(t *testing.T, history string, args ...string) *terminal {
	command := exec.Command("mtlua", args...)
	command.Env = append(os.Environ(), "TERM=xterm", "MTLUA_HISTORY="+history)
	keys, err := pty.StartWithSize(command, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		t.Fatal(err)
	}
	terminal := &terminal{t: t, command: command, keys: keys}
	terminal.changed = sync.NewCond(&terminal.mu)
	go terminal.read()
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
		_ = keys.Close()
	})
	return terminal
}

func (x *terminal) read() {
	for buffer := make([]byte, 4096); ; {
		n, err := x.keys.Read(buffer)
		x.mu.Lock()
		x.screen = append(x.screen, buffer[:n]...)
		x.ended = err != nil
		x.changed.Broadcast()
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// escapes are what moves the cursor and clears lines.
var escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]`)

// expect waits until the terminal shows a text, and forgets what it has shown so far.
func (x *terminal) expect(text string) {
	x.t.Helper()
	timer := time.AfterFunc(30*time.Second, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.ended = true
		x.changed.Broadcast()
	})
	defer timer.Stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	for {
		shown := escapes.ReplaceAll(x.screen, nil)
		if _, rest, ok := bytes.Cut(shown, []byte(text)); ok {
			x.screen = rest
			return
		}
		if x.ended {
			x.t.Fatalf("the terminal shows %q, want %q in it", shown, text)
		}
		x.changed.Wait()
	}
}

func (x *terminal) press(keys string) {
	if _, err := x.keys.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

const (
	tab      = "\t"
	enter    = "\r"
	up       = "\x1b[A"
	left     = "\x1b[D"
	controlC = "\x03"
	controlD = "\x04"
)

// TestTerminal enters lines as a user does.
func TestTerminal(t *testing.T) {
	history := filepath.Join(t.TempDir(), "history")
	x := openTerminal(t, history)
	x.expect("> ")
	x.press("1 + 1, nil" + enter)
	x.expect("\r\n2\tnil\r\n")
	x.press("= ('x'):rep(3)" + enter)
	x.expect("\r\nxxx\r\n")

	// A chunk that goes on.
	x.press("function twice(n)" + enter)
	x.expect(">> ")
	x.press("return 2 * n end" + enter)
	x.expect("> ")
	x.press("twice(21)" + enter)
	x.expect("\r\n42\r\n")

	// Completion of globals, fields and methods, with the cursor inside of the line as well.
	x.press("twi" + tab + "(2)" + enter)
	x.expect("\r\n4\r\n")
	x.press("math.flo" + tab + "(2.5)" + enter)
	x.expect("\r\n2\r\n")
	x.press("text = 'abc'" + enter + "text:uppe" + tab + "()" + enter)
	x.expect("\r\nABC\r\n")
	x.press("(2.5)" + strings.Repeat(left, 5) + "math.cei" + tab + enter)
	x.expect("\r\n3\r\n")
	x.press("buffer = require 'mtmsg'.newbuffer()" + enter + "buffer:nam" + tab + "() == nil" + enter)
	x.expect("\r\ntrue\r\n")

	// Tables at length.
	x.press("? {1, {x = 'a\\n'}}" + enter)
	x.expect("\r\n" + `{ 1, { x = "a\n" } }` + "\r\n")

	// Ctrl-C drops what was entered, and stops what runs.
	x.press("for i = 1, 10 do" + enter)
	x.expect(">> ")
	x.press(controlC)
	x.expect("> ")
	x.press("print('running') while true do end" + enter)
	x.expect("\r\nrunning\r\n")
	x.press(controlC)
	x.expect("interrupted!")
	x.expect("> ")

	// One that comes as a signal while nothing runs has no effect.
	if err := x.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	x.press("6 * 7" + enter)
	x.expect("\r\n42\r\n")

	// Scripts read from the terminal.
	x.press("print('reading') print('<' .. io.read() .. '>')" + enter)
	x.expect("\r\nreading\r\n")
	x.press("some input\n")
	x.expect("<some input>\r\n")
	x.press(controlD)

	x = openTerminal(t, history)
	x.expect("> ")
	x.press(up + up + up + enter) // not the input of the script
	x.expect("\r\nrunning\r\n")
	x.press(controlC)
	x.expect("interrupted!")
	x.expect("> ")
	x.press("os.exit(0)" + enter)
}
