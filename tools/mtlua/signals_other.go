//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package main

// keepSignalKeys has nothing to do: where the line editor works at all, it sees to it when it starts.
func keepSignalKeys() error { return nil }
