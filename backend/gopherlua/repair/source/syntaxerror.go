package source

import (
	"errors"
	"fmt"
	"strings"

	"github.com/yuin/gopher-lua/parse"

	"github.com/mtstates/go-mtstates/backend"
)

// SyntaxError gives the VM's messages Lua's form.
func SyntaxError(err error, source, name string) error {
	line, message := strings.Count(source, "\n")+1, strings.TrimSpace(err.Error())
	var problem *Error
	var parseErr *parse.Error
	switch {
	case errors.As(err, &problem):
		line, message = problem.Line, problem.Message
	case errors.As(err, &parseErr) && parseErr.Pos.Line == parse.EOF:
		message = backend.Quote(parseErr.Message) + " near '<eof>'"
	case errors.As(err, &parseErr):
		line, message = parseErr.Pos.Line, backend.Quote(parseErr.Message)+" near '"+backend.Quote(parseErr.Token)+"'"
	}
	return &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s", name, line, backend.Quote(message))}
}
