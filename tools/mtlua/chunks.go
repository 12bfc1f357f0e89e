package main

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// runInit runs what the environment variable LUA_INIT says.
func (s *session) runInit() error {
	text, _ := s.vm.Env().Variable("LUA_INIT")
	file, isFile := strings.CutPrefix(text, "@")
	if !isFile {
		return s.runChunk(text, "=LUA_INIT", nil)
	}
	return s.runFile(file, nil)
}

func (s *session) runStep(step step) error {
	if !step.require {
		return s.runChunk(step.text, "=(command line)", nil)
	}
	vm := s.vm
	vm.PushGlobalTable()
	vm.RawGetField(-1, "require")
	vm.PushString(step.text)
	if f := s.call(1, 1); f != nil {
		return scriptError(vm, f)
	}
	vm.RawSetField(-2, step.text)
	vm.SetTop(vm.GetTop() - 1)
	return nil
}

func (s *session) runScript() error {
	if s.line.script == "-" || s.line.stdin {
		source, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		return s.runChunk(withoutShebang(string(source)), "=stdin", s.line.args)
	}
	return s.runFile(s.line.script, s.line.args)
}

func (s *session) runFile(name string, args []string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return backend.FileError(name, err)
	}
	return s.runChunk(string(source), "@"+name, args)
}

// withoutShebang blanks out a first line that begins with "#", as Load does for files.
func withoutShebang(source string) string {
	if !strings.HasPrefix(source, "#") {
		return source
	}
	_, rest, _ := strings.Cut(source, "\n")
	return "\n" + rest
}

func (s *session) runChunk(source, chunk string, args []string) error {
	vm := s.vm
	base := vm.GetTop()
	if err := vm.Load(source, chunk, 0); err != nil {
		return err
	}
	if !vm.CheckStack(len(args)) {
		return errors.New("too many arguments to script")
	}
	for _, arg := range args {
		vm.PushString(arg)
	}
	if f := s.call(len(args), 0); f != nil {
		return scriptError(vm, f)
	}
	vm.SetTop(base)
	return nil
}

// call is PCall of code that Ctrl-C stops.
func (s *session) call(args, results int) (f *backend.Failure) {
	s.interrupts.run(func() { f = s.vm.PCall(args, results) })
	return f
}

// scriptError returns the error for the value on the top of the stack, with the traceback, as lua prints it.
func scriptError(vm backend.VM, f *backend.Failure) error {
	return errors.New(host.ErrorReport(vm, f))
}
