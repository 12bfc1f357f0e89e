package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// prompt reads chunks, runs them and prints their results.
type prompt struct {
	*session
	lines lineReader
}

// lineReader reads the lines that a user enters.
type lineReader interface {
	// readLine shows the prompt and returns the next line without its newline. The error is io.EOF at the end of the
	// input, and errCleared if the user has dropped the lines entered so far; any other error is worth a message, and the
	// input goes on.
	readLine(prompt string) (string, error)
}

var errCleared = errors.New("the input was cleared")

// run reads and runs chunks until the input ends.
func (p *prompt) run() {
	for {
		base := p.vm.GetTop()
		err := p.chunk()
		if err == nil {
			err = p.call(base)
		}
		p.vm.SetTop(base)
		switch err {
		case nil:
		case io.EOF, errCleared:
			_ = p.vm.Env().WriteOutput("\n")
			if err == io.EOF {
				return
			}
		default:
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

// chunk reads lines until they are a complete chunk, and pushes it as a function.
func (p *prompt) chunk() error {
	source, err := p.lines.readLine(p.text("_PROMPT", "> "))
	if err != nil {
		return err
	}
	if expression, ok := strings.CutPrefix(source, "="); ok {
		source = "return " + expression
	}
	for {
		if p.vm.Load("return "+source, chunkName, 0) == nil {
			return nil
		}
		err := p.vm.Load(source, chunkName, 0)
		if err == nil || !incomplete(err) {
			return err
		}
		line, end := p.lines.readLine(p.text("_PROMPT2", ">> "))
		if end != nil {
			return end
		}
		source += "\n" + line
	}
}

const chunkName = "=stdin"

// incomplete reports whether a syntax error is that the source ends too early.
func incomplete(err error) bool {
	text := strings.TrimSuffix(err.Error(), "'")
	return strings.HasSuffix(text, "<eof>")
}

// text returns the string in a global variable, or a default.
func (p *prompt) text(name, otherwise string) string {
	top := p.vm.GetTop()
	defer p.vm.SetTop(top)
	p.vm.PushGlobalTable()
	p.vm.RawGetField(-1, name)
	if text, ok := p.vm.ToString(-1); ok {
		return text
	}
	return otherwise
}

// call calls the function on the top of the stack, which is above base, and prints its results with the global print.
func (p *prompt) call(base int) error {
	vm := p.vm
	defer p.interrupts.forget()
	if f := p.session.call(0, backend.MultipleResults); f != nil {
		return scriptError(vm, f)
	}
	results := vm.GetTop() - base
	if results == 0 {
		return nil
	}
	if !vm.CheckStack(2) {
		return fmt.Errorf("too many results to print")
	}
	vm.PushGlobalTable()
	vm.RawGetField(-1, "print")
	backend.Insert(vm, base+1)
	vm.SetTop(vm.GetTop() - 1)
	if f := p.session.call(results, 0); f != nil {
		return fmt.Errorf("error calling 'print' (%s)", host.ErrorText(vm, f))
	}
	return nil
}

// stdinLines reads lines from the standard input of a VM, which scripts read as well.
type stdinLines struct {
	*session
	read int // the index of a function
}

// newLineReader returns the reader for a session in whose VM no script has run yet. It leaves a value on the stack.
func newLineReader(s *session) (lineReader, error) {
	const source = `local stdin, read = io.stdin, io.stdin.read return function() return read(stdin, "*l") end`
	if err := s.vm.Load(source, "=mtlua", 0); err != nil {
		return nil, err
	}
	if f := s.vm.PCall(0, 1); f != nil {
		return nil, scriptError(s.vm, f)
	}
	return &stdinLines{s, s.vm.GetTop()}, nil
}

func (l *stdinLines) readLine(prompt string) (string, error) {
	top := l.vm.GetTop()
	defer l.vm.SetTop(top)
	if err := l.vm.Env().WriteOutput(prompt); err != nil {
		return "", io.EOF
	}
	l.vm.PushValue(l.read)
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
