package stdlib

import (
	"os/exec"
	"strconv"
)

func prepareCommand(*exec.Cmd) {}

// killCommand ends a command, and the living children of each of its living processes. The command may be over.
func killCommand(cmd *exec.Cmd) {
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
	_ = cmd.Process.Kill()
}
