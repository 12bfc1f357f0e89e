//go:build unix

package stdlib

import (
	"os/exec"
	"syscall"

	"golang.org/x/term"
)

// prepareCommand lets a command lead a process group of its own, so that what it starts can be ended with it. At a terminal it
// stays in the group of the process: there only one group may read from the terminal, and Ctrl-C ends all that are in it.
func prepareCommand(cmd *exec.Cmd) {
	for fd := range 3 {
		if term.IsTerminal(fd) {
			return
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killCommand ends a command, and what it has started as far as that is still in its process group. The command may be over.
func killCommand(cmd *exec.Cmd) {
	if cmd.SysProcAttr != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	_ = cmd.Process.Kill()
}
