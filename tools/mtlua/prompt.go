package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdio"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// prompt reads chunks, runs them and prints their results.
type prompt struct {
	*session
	*promptLibrary
	lines lineReader
}

// newPrompt returns the prompt for a session, with lines from a terminal that can edit them, or else from io.stdin.
func newPrompt(s *session, library *promptLibrary) *prompt {
	p := &prompt{s, library, &stdinLines{s, library}}
	if isTerminal() {
		if lines, err := newTerminalLines(p.complete); err == nil {
			p.lines = lines
		}
	}
	return p
}

// lineReader reads the lines that a user enters.
type lineReader interface {
	// readLine shows the prompt and returns the next line without its newline. The error is io.EOF at the end of the
	// input, and errCleared if the user has dropped the lines entered so far; any other error is worth a message, and the
	// input goes on.
	readLine(prompt string) (string, error)
	close()
}

var errCleared = errors.New("the input was cleared")

// run reads and runs chunks until the input ends.
func (p *prompt) run() {
	defer p.lines.close()
	for {
		base := p.vm.GetTop()
		printer, err := p.chunk()
		if err == nil {
			err = p.call(base, printer)
		}
		p.vm.SetTop(base)
		stdio.FlushAll()
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

// chunk reads lines until they are a complete chunk, and pushes it as a function. printer pushes the function that prints
// the results.
func (p *prompt) chunk() (printer func(), err error) {
	source, err := p.lines.readLine(p.text("_PROMPT", "> "))
	if err != nil {
		return nil, err
	}
	printer = p.pushPrint
	if expression, ok := strings.CutPrefix(source, "="); ok {
		source = "return " + expression
	} else if expression, ok := strings.CutPrefix(source, "?"); ok {
		source, printer = "return "+expression, p.pushPretty
	}
	for {
		if p.vm.Load("return "+source, chunkName, 0) == nil {
			return printer, nil
		}
		err := p.vm.Load(source, chunkName, 0)
		if err == nil || !incomplete(err) {
			return printer, err
		}
		line, end := p.lines.readLine(p.text("_PROMPT2", ">> "))
		if end != nil {
			return nil, end
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

// call calls the function on the top of the stack, which is above base, and prints its results with the function that
// printer pushes.
func (p *prompt) call(base int, printer func()) error {
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
	printer()
	backend.Insert(vm, base+1)
	if f := p.session.call(results, 0); f != nil {
		return fmt.Errorf("error calling 'print' (%s)", host.ErrorText(vm, f))
	}
	return nil
}

// pushPrint pushes the global print, which scripts may have changed.
func (p *prompt) pushPrint() {
	p.vm.PushGlobalTable()
	p.vm.RawGetField(-1, "print")
	backend.Remove(p.vm, p.vm.GetTop()-1)
}

func (p *prompt) pushPretty() { p.vm.PushValue(p.pretty) }
