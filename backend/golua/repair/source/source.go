// Package source hands source text to go-lua's parser, which takes ends of lines with two characters for two, reads long
// names of chunks again and again, has panics that its protection lets through, and writes tokens without quotes into its
// messages. Only package golua and its repairs import it.
//
// When the VM's Load has these right, the package can go.
package source

import (
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

const longChunkName = 4096

// Compile pushes the function that the VM's parser makes of a source.
func Compile(l *lua.State, source, chunk string) (err error) {
	name := backend.ChunkID(chunk)
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // a script's "#!" line; its newline stays
		_, rest, _ := strings.Cut(source, "\n")
		source = "\n" + rest
	}
	source = normalNewlines(source)
	top := l.Top()
	defer func() { // the VM's parser has panics that its protection does not stop
		if e := recover(); e != nil {
			l.SetTop(top)
			err = &backend.SyntaxError{Message: fmt.Sprintf("%s:1: %s", name, backend.Quote(fmt.Sprint(e)))}
		}
	}()
	if len(chunk) > 0 && len(chunk) < longChunkName { // the VM reads the whole name whenever it shows it
		if err = l.Load(strings.NewReader(source), chunk, "t"); err == nil {
			return nil
		}
		l.SetTop(top)
	}
	if err = l.Load(strings.NewReader(source), "="+name, "t"); err == nil {
		return nil
	}
	message, ok := l.ToValue(-1).(string)
	l.SetTop(top)
	if !ok || err != lua.SyntaxError {
		message = fmt.Sprintf("%s:1: %s", name, strings.TrimPrefix(err.Error(), "runtime error: "))
	}
	return &backend.SyntaxError{Message: quoteToken(message)}
}

// normalNewlines makes each end of a line, "\r\n", "\n\r" or "\r", one newline. The VM takes those with two characters
// for two.
func normalNewlines(source string) string {
	if !strings.Contains(source, "\r") {
		return source
	}
	return newlines.Replace(source)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\n\r", "\n", "\r", "\n")

// quoteToken puts quotes around the token at which a syntax error is, and cuts what the message has from the source.
func quoteToken(message string) string {
	problem, token, ok := strings.Cut(message, " near ")
	if !ok || token == "" || token[0] == '\'' || token[0] == '<' {
		return backend.Quote(message)
	}
	return backend.Quote(problem) + " near '" + backend.Quote(token) + "'"
}
