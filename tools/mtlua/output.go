package main

import (
	"os"
	"time"

	"golang.org/x/term"

	"github.com/mtstates/go-mtstates/backend/stdio"
)

// bufferOutput lets the standard output be buffered as lua's: by lines on a terminal. Files are buffered, too.
func bufferOutput() { stdio.Buffer(term.IsTerminal(int(os.Stdout.Fd()))) }

// exit ends the program.
func exit(status int) {
	stdio.FlushAll()
	os.Exit(status)
}

// exitAtOnce ends the program when nobody may read its output any more.
func exitAtOnce(status int) {
	flushed := make(chan struct{})
	go func() {
		stdio.FlushAll()
		close(flushed)
	}()
	select {
	case <-flushed:
	case <-time.After(time.Second):
	}
	os.Exit(status)
}
