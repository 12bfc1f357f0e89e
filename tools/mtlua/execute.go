package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// execute runs the steps and the script, waits for the threads and returns the exit status.
func execute(line *commandLine) int {
	var options []mtstates.Option
	if line.interruptible {
		options = append(options, mtstates.WithInterrupt())
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
	h, err := host.New(selected.Default(), options...)
	if err != nil {
		report(err)
		return 1
	}
	status := 0
	if err := runMain(h, line); err != nil {
		report(err)
		status = 1
	}
	if h.Wait(context.Background()) != nil { // the threads have reported their errors
		status = 1
	}
	return status
}

func report(err error) { fmt.Fprintf(os.Stderr, "mtlua: %v\n", err) }

func runMain(h *host.Host, line *commandLine) error {
	vm, err := h.NewVM(os.Exit)
	if err != nil {
		return err
	}
	defer vm.Close()
	lines, err := newLineReader(vm)
	if err != nil {
		return err
	}
	setArg(vm, line)
	if err := runInit(vm); err != nil {
		return err
	}
	for _, step := range line.steps {
		if err := runStep(vm, step); err != nil {
			return err
		}
	}
	if line.script != "" || line.stdin {
		if err := runScript(vm, line); err != nil {
			return err
		}
	}
	if line.interactive {
		(&prompt{vm, lines}).run()
	}
	return nil
}

// runInit runs what the environment variable LUA_INIT says.
func runInit(vm backend.VM) error {
	text, _ := vm.Env().Variable("LUA_INIT")
	file, isFile := strings.CutPrefix(text, "@")
	if !isFile {
		return runChunk(vm, text, "=LUA_INIT", nil)
	}
	return runFile(vm, file, nil)
}

func runStep(vm backend.VM, step step) error {
	if !step.require {
		return runChunk(vm, step.text, "=(command line)", nil)
	}
	vm.PushGlobalTable()
	vm.RawGetField(-1, "require")
	vm.PushString(step.text)
	if f := vm.PCall(1, 1); f != nil {
		return scriptError(vm, f)
	}
	vm.RawSetField(-2, step.text)
	vm.SetTop(vm.GetTop() - 1)
	return nil
}

func runScript(vm backend.VM, line *commandLine) error {
	if line.script == "-" || line.stdin {
		source, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		return runChunk(vm, withoutShebang(string(source)), "=stdin", line.args)
	}
	return runFile(vm, line.script, line.args)
}

func runFile(vm backend.VM, name string, args []string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return backend.FileError(name, err)
	}
	return runChunk(vm, string(source), "@"+name, args)
}

// withoutShebang blanks out a first line that begins with "#", as Load does for files.
func withoutShebang(source string) string {
	if !strings.HasPrefix(source, "#") {
		return source
	}
	_, rest, _ := strings.Cut(source, "\n")
	return "\n" + rest
}

func runChunk(vm backend.VM, source, chunk string, args []string) error {
	base := vm.GetTop()
	if err := vm.Load(source, chunk, 0); err != nil {
		return err
	}
	if !vm.CheckStack(len(args)) {
		return fmt.Errorf("too many arguments to script")
	}
	for _, arg := range args {
		vm.PushString(arg)
	}
	if f := vm.PCall(len(args), 0); f != nil {
		return scriptError(vm, f)
	}
	vm.SetTop(base)
	return nil
}

// scriptError returns the error for the value on the top of the stack, with the traceback, as lua prints it.
func scriptError(vm backend.VM, f *backend.Failure) error {
	return errors.New(host.ErrorReport(vm, f))
}

// setArg sets the global arg: the script at 0, its arguments from 1 on, the command line before it at -1 and below.
func setArg(vm backend.VM, line *commandLine) {
	vm.PushGlobalTable()
	vm.NewTable()
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
