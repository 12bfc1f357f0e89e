package main

import (
	_ "embed"
	"io"
	"strings"
)

//go:embed prompt.lua
var promptSource string

// promptLibrary has the functions of prompt.lua as indexes in the stack of the main script's VM.
type promptLibrary struct {
	session       *session
	read          int
	pretty        int
	completeIndex int
}

// newPromptLibrary loads the functions into a session in whose VM no script has run yet. It leaves them on the stack.
func newPromptLibrary(s *session) (*promptLibrary, error) {
	if err := s.vm.Load(promptSource, "=mtlua", 0); err != nil {
		return nil, err
	}
	if f := s.vm.PCall(0, 3); f != nil {
		return nil, scriptError(s.vm, f)
	}
	top := s.vm.GetTop()
	return &promptLibrary{s, top - 2, top - 1, top}, nil
}

// complete returns what may stand in the place of the last name of a line, and how many bytes come before that name.
func (l *promptLibrary) complete(line string) (names []string, before int) {
	vm := l.session.vm
	top := vm.GetTop()
	defer vm.SetTop(top)
	vm.PushValue(l.completeIndex)
	vm.PushString(line)
	if f := vm.PCall(1, 2); f != nil {
		return nil, 0
	}
	text, _ := vm.ToString(-2)
	bytes, _ := vm.ToNumber(-1)
	if text == "" {
		return nil, 0
	}
	return strings.Split(text, "\n"), int(bytes)
}

// stdinLines reads lines from the standard input of a VM, which scripts read as well.
type stdinLines struct {
	*session
	library *promptLibrary
}

func (l *stdinLines) readLine(prompt string) (string, error) {
	top := l.vm.GetTop()
	defer l.vm.SetTop(top)
	if err := l.vm.Env().WriteOutput(prompt); err != nil {
		return "", io.EOF
	}
	l.vm.PushValue(l.library.read)
	if f := l.call(0, 1); f != nil {
		if f.Interrupted {
			return "", errCleared
		}
		return "", scriptError(l.vm, f)
	}
	l.interrupts.forget()
	line, ok := l.vm.ToString(-1)
	if !ok {
		return "", io.EOF
	}
	return line, nil
}

func (l *stdinLines) close() {}
