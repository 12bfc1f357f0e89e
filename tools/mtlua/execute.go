package main

import (
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
	h := host.New(selected.Default(), options...)
	status := 0
	if err := runMain(h, line); err != nil {
		report(err)
		status = 1
	}
	if h.Wait() != nil { // the threads have reported their errors
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
	setArg(vm, line)
	for _, step := range line.steps {
		if err := runStep(vm, step); err != nil {
			return err
		}
	}
	if line.script == "" {
		return nil
	}
	return runScript(vm, line)
}

func runStep(vm backend.State, step step) error {
	if !step.require {
		return runChunk(vm, step.text, "=(command line)", nil)
	}
	vm.PushGlobals()
	vm.RawField(-1, "require")
	vm.PushString(step.text)
	if f := vm.ProtectedCall(1, 1); f != nil {
		return scriptError(vm, f)
	}
	vm.SetRawField(-2, step.text)
	vm.SetTop(vm.Top() - 1)
	return nil
}

func runScript(vm backend.State, line *commandLine) error {
	if line.script == "-" {
		source, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		return runChunk(vm, withoutShebang(string(source)), "=stdin", line.args)
	}
	source, err := os.ReadFile(line.script)
	if err != nil {
		return backend.FileError(line.script, err)
	}
	addScriptFolder(vm, line.script)
	return runChunk(vm, string(source), "@"+line.script, line.args)
}

// withoutShebang blanks a first line that begins with "#", as Load does for files.
func withoutShebang(source string) string {
	if !strings.HasPrefix(source, "#") {
		return source
	}
	_, rest, _ := strings.Cut(source, "\n")
	return "\n" + rest
}

func runChunk(vm backend.State, source, chunk string, args []string) error {
	base := vm.Top()
	if err := vm.Load(source, chunk); err != nil {
		return err
	}
	if !vm.Reserve(len(args)) {
		return fmt.Errorf("too many arguments to script")
	}
	for _, arg := range args {
		vm.PushString(arg)
	}
	if f := vm.ProtectedCall(len(args), 0); f != nil {
		return scriptError(vm, f)
	}
	vm.SetTop(base)
	return nil
}

// scriptError is the error of the value on the top of the stack, with the traceback, as lua prints it.
func scriptError(vm backend.State, f *backend.Failure) error {
	return fmt.Errorf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
}

// setArg sets the global arg: the script at 0, its arguments from 1 on, the command line before it at -1 and below.
func setArg(vm backend.State, line *commandLine) {
	vm.PushGlobals()
	vm.NewTable()
	set := func(index int, text string) {
		vm.PushString(text)
		vm.SetRawIndex(-2, index)
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
	vm.SetRawField(-2, "arg")
	vm.SetTop(vm.Top() - 1)
}

// addScriptFolder puts the script's own folder in front of package.path, so that a script finds its modules wherever
// it is run from.
func addScriptFolder(vm backend.State, script string) {
	base := vm.Top()
	vm.PushGlobals()
	vm.RawField(-1, "package")
	vm.RawField(-1, "path")
	path, _ := vm.ToString(-1)
	vm.PushString(filepath.Join(filepath.Dir(script), "?.lua") + ";" + path)
	vm.SetRawField(-3, "path")
	vm.SetTop(base)
}
