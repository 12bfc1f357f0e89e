package main

import (
	"os"
	"os/signal"
	"strings"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// statusInterrupted is the status of a process that SIGINT ended, by the convention of shells.
const statusInterrupted = 130

// interruptedMessage is the error that Ctrl-C raises, as in lua.
const interruptedMessage = "interrupted!"

// interrupts handles Ctrl-C: the first one raises an error in what the main script runs, and another one ends the program.
// At a prompt one that comes while nothing runs has no effect: it came just before or after what it was meant for.
type interrupts struct {
	foreground backend.Foreground
	mu         sync.Mutex
	prompting  bool // whether a prompt reads and runs chunks
	running    bool // whether there is something that can get the error
	raised     bool
}

// watch begins to handle Ctrl-C. When the program must end at once, exit is called.
func (i *interrupts) watch(exit func(status int)) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		for range signals {
			if !i.raise() {
				exit(statusInterrupted)
			}
		}
	}()
}

// raise raises the error. It returns false if the program must end instead: if there is nothing to raise the error in, or
// if that was done before.
func (i *interrupts) raise() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.running {
		return i.prompting
	}
	if i.raised {
		return false
	}
	i.raised = true
	i.foreground.Raise(interruptedMessage)
	return true
}

// run calls a function that runs Lua code.
func (i *interrupts) run(f func()) {
	i.setRunning(true)
	defer i.setRunning(false)
	f()
}

// prompt calls a function that reads chunks and runs them.
func (i *interrupts) prompt(f func()) {
	i.setPrompting(true)
	defer i.setPrompting(false)
	f()
}

func (i *interrupts) setPrompting(prompting bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.prompting = prompting
}

func (i *interrupts) setRunning(running bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.running = running
}

// forget makes the next Ctrl-C the first one again.
func (i *interrupts) forget() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.raised = false
	i.foreground.Interrupt().Set(backend.InterruptReset)
}

// ended reports whether Ctrl-C ended the script, which returned err: with its error, or so late that nothing got the error.
func (i *interrupts) ended(err error) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.raised {
		return false
	}
	return i.foreground.Interrupt().Pending() || err != nil && strings.Contains(err.Error(), interruptedMessage)
}
