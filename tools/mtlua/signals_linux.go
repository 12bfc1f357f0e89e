package main

import "golang.org/x/sys/unix"

// The requests of a terminal's mode.
const (
	getMode = unix.TCGETS
	setMode = unix.TCSETS
)
