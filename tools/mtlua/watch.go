package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/mtstates/go-mtstates/mtstates/watch"
)

// watched runs the script of the command line in a process of its own, and anew whenever a Lua file in the script's folder,
// or below it, changes. It ends with the program.
func watched(line *commandLine) int {
	if line.script == "" || line.script == "-" {
		report(errors.New("--watch needs a script"))
		return 1
	}
	program, err := os.Executable()
	if err != nil {
		report(err)
		return 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	changes, err := watch.Changes(ctx, filepath.Dir(line.script))
	if err != nil {
		report(err)
		return 1
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	for {
		run := begin(program, onceArguments(line))
		changed, ended := next(changes, signals, run)
		run.stop()
		if ended {
			return statusInterrupted
		}
		fmt.Fprintf(os.Stderr, "mtlua: %s has changed\n", changed)
	}
}

// onceArguments returns arguments that run the same once.
func onceArguments(line *commandLine) []string {
	options := slices.Clone(line.before)
	at := len(options)
	if at > 0 && options[at-1] == "--" {
		at--
	}
	return append(append(slices.Insert(options, at, "--watch=false"), line.script), line.args...)
}

// next waits for a change, and returns the name of the file, or for a signal that ends the program.
func next(changes <-chan string, signals <-chan os.Signal, run *process) (changed string, ended bool) {
	done := run.done
	for {
		select {
		case <-signals:
			return "", true
		case <-done:
			fmt.Fprintf(os.Stderr, "mtlua: the script has ended (%s); waiting for changes\n", run.outcome())
			done = nil
		case changed := <-changes:
			return changed, false
		}
	}
}

// process is one run of the script.
type process struct {
	command *exec.Cmd
	done    chan struct{} // closed when it has ended
	err     error         // set before
}

func begin(program string, args []string) *process {
	p := &process{command: exec.Command(program, args...), done: make(chan struct{})}
	p.command.Stdin, p.command.Stdout, p.command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if p.err = p.command.Start(); p.err != nil {
		close(p.done)
		return p
	}
	go func() {
		p.err = p.command.Wait()
		close(p.done)
	}()
	return p
}

func (p *process) outcome() string {
	if p.err != nil {
		return p.err.Error()
	}
	return "exit status 0"
}

// patience is how long the script may take to end after it was interrupted.
const patience = 2 * time.Second

// stop interrupts the script, and kills it when that does not end it.
func (p *process) stop() {
	select {
	case <-p.done:
		return
	default:
	}
	if runtime.GOOS == "windows" || p.command.Process.Signal(os.Interrupt) != nil {
		_ = p.command.Process.Kill()
	}
	select {
	case <-p.done:
	case <-time.After(patience):
		_ = p.command.Process.Kill()
		<-p.done
	}
}
