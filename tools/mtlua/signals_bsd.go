//go:build darwin || freebsd || netbsd || openbsd

package main

import "golang.org/x/sys/unix"

// The requests of a terminal's mode.
const (
	getMode = unix.TIOCGETA
	setMode = unix.TIOCSETA
)
