//go:build !unix && !windows

package stdlib

import "os/exec"

func prepareCommand(*exec.Cmd) {}

// killCommand ends a command, which may be over.
func killCommand(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
