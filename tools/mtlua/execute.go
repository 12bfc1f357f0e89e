package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/backend/stdio"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// session is a run of the command line.
type session struct {
	line       *commandLine
	vm         backend.VM // of the main script
	interrupts interrupts
	membership membership
	profile    cpuProfile
}

// execute runs the steps, the script and the prompt, waits for the threads and returns the exit status.
func execute(line *commandLine) int {
	s := &session{line: line}
	bufferOutput()
	defer stdio.FlushAll()
	s.interrupts.watch(func(status int) {
		s.profile.stop()
		exitAtOnce(status)
	})
	h, err := host.New(selected.Default(), options(line, s.exit)...)
	if err != nil {
		report(err)
		return 1
	}
	if err := inspect(h, line.inspect); err != nil {
		report(err)
		return 1
	}
	if err := s.profile.start(h, line.cpuProfile); err != nil {
		report(err)
		return 1
	}
	defer s.profile.stop()
	if err := s.membership.join(h, line); err != nil {
		report(err)
		return 1
	}
	defer s.membership.leave()
	status := 0
	if err := s.runMain(h); err != nil {
		report(err)
		status = 1
		if s.interrupts.ended(err) {
			return statusInterrupted
		}
	}
	if h.Wait(context.Background()) != nil { // the threads have reported their errors
		status = 1
	}
	return status
}

// exit is os.exit, which any state may call.
func (s *session) exit(status int) {
	s.membership.leave()
	s.profile.stop()
	exit(status)
}

// options returns the options of the registry, in which os.exit calls exit.
func options(line *commandLine, exit func(status int)) []mtstates.Option {
	options := []mtstates.Option{mtstates.WithExit(exit), mtstates.WithInterrupt(), mtstates.WithEdition(line.edition)}
	if line.maxMemory > 0 {
		options = append(options, mtstates.WithMaxMemory(int(line.maxMemory)))
	}
	if line.cluster == "" { // only scripts of this process add messages
		options = append(options, mtstates.WithDeadlockDetection())
	}
	if line.noEnv {
		options = append(options, mtstates.WithoutEnvironment())
	}
	if line.script != "" && line.script != "-" {
		// A script finds the modules in its own folder wherever it is run from, and so do its states and threads.
		folder := filepath.Dir(line.script)
		options = append(options,
			mtstates.WithFallbackPath(filepath.Join(folder, "?.lua"), filepath.Join(folder, "?", "init.lua")))
	}
	return options
}

func report(err error) {
	stdio.FlushAll()
	fmt.Fprintf(os.Stderr, "mtlua: %v\n", err)
}

func (s *session) runMain(h *host.Host) error {
	vm, err := h.States.NewInterruptibleVM(h.States.Backend(), s.interrupts.foreground.Interrupt())
	if err != nil {
		return err
	}
	defer vm.Close()
	s.vm = vm
	library, err := newPromptLibrary(s)
	if err != nil {
		return err
	}
	setArg(vm, s.line)
	if err := s.runInit(); err != nil {
		return err
	}
	for _, step := range s.line.steps {
		if err := s.runStep(step); err != nil {
			return err
		}
	}
	if s.line.script != "" || s.line.stdin {
		if err := s.runScript(); err != nil {
			return err
		}
	}
	if s.line.interactive {
		s.interrupts.prompt(newPrompt(s, library).run)
	}
	if s.interrupts.ended(nil) {
		//lint:ignore ST1005 the message is that of lua
		return errors.New(interruptedMessage)
	}
	return nil
}

// setArg sets the global arg: the script at 0, its arguments from 1 on, the command line before it at -1 and below.
func setArg(vm backend.VM, line *commandLine) {
	vm.PushGlobalTable()
	vm.CreateTable(0, 0)
	set := func(index int, text string) {
		vm.PushString(text)
		vm.RawSetI(-2, index)
	}
	before := append([]string{os.Args[0]}, line.before...)
	if line.script == "" { // then arg[0] is the program, as with lua
		set(0, os.Args[0])
		before = nil
	} else {
		set(0, line.script)
	}
	for i, text := range before {
		set(i-len(before), text)
	}
	for i, text := range line.args {
		set(i+1, text)
	}
	vm.RawSetField(-2, "arg")
	vm.SetTop(vm.GetTop() - 1)
}
