//go:build linux || darwin || freebsd || netbsd || openbsd

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// keepSignalKeys lets the terminal hand over Ctrl-C as a key. The line editor shows its prompt before it sees to that, and
// a Ctrl-C between the two would be a signal, of which the editor knows nothing.
func keepSignalKeys() error {
	terminal := int(os.Stdin.Fd())
	mode, err := unix.IoctlGetTermios(terminal, getMode)
	if err != nil {
		return err
	}
	mode.Lflag &^= unix.ISIG
	return unix.IoctlSetTermios(terminal, setMode, mode)
}
