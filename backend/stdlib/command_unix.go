//go:build unix

package stdlib

import (
	"os"
	"os/exec"
	"slices"
	"syscall"
)

// prepareCommand lets a command lead a process group of its own, so that what it starts can be ended with it. At a terminal it
// stays in the group of the process: there only one group may read from the terminal, and Ctrl-C ends all that are in it.
func prepareCommand(cmd *exec.Cmd) {
	if slices.ContainsFunc([]*os.File{os.Stdin, os.Stdout, os.Stderr}, maybeTerminal) {
		return
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// maybeTerminal reports whether a file is a device that may be a terminal. The standard library has no better question, and
// a package that has would be one more that every program with a state links.
func maybeTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// killCommand ends a command, and what it has started as far as that is still in its process group. The command may be over.
func killCommand(cmd *exec.Cmd) {
	if cmd.SysProcAttr != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	_ = cmd.Process.Kill()
}
