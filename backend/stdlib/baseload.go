package stdlib

import (
	"fmt"
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// baseLoad is load(chunk [, chunkname [, mode [, env]]]), as in Lua 5.2.
func baseLoad(s backend.VM) int {
	mode := optText(s, 3, "load", "bt")
	if source, ok := arg.Text(s, 1); ok {
		return loadText(s, source, optText(s, 2, "load", source), mode, 4)
	}
	arg.OneOf(s, 1, "load", backend.FunctionType)
	chunk := optText(s, 2, "load", "=(load)")
	source, ok := readPieces(s)
	if !ok {
		s.PushNil()
		backend.Insert(s, s.GetTop()-1)
		return 2
	}
	return loadText(s, source, chunk, mode, 4)
}

// readPieces calls the reader at index 1 until the end of the chunk. If it fails, ok is false and the error value is on
// the top.
func readPieces(s backend.VM) (source string, ok bool) {
	var pieces strings.Builder
	for {
		s.PushValue(1)
		if s.PCall(0, 1) != nil {
			return "", false
		}
		piece, isText := s.ToString(-1)
		end := s.Type(-1) == backend.Nil || isText && piece == ""
		switch {
		case end:
			s.SetTop(s.GetTop() - 1)
			return pieces.String(), true
		case !isText:
			s.PushString("reader function must return a string")
			return "", false
		case pieces.Len()+len(piece) > s.Env().MaxString:
			s.PushString(backend.ErrOutOfMemory.Error())
			return "", false
		}
		if n := pieces.Len() + len(piece); n > pieces.Cap() {
			s.Env().Reserve(2 * n) // as the builder grows
		}
		s.SetTop(s.GetTop() - 1)
		pieces.WriteString(piece)
	}
}

// baseLoadstring is loadstring(text [, chunkname]) of Lua 5.1.
func baseLoadstring(s backend.VM) int {
	source := text(s, 1, "loadstring")
	return loadText(s, source, optText(s, 2, "loadstring", source), "bt", s.GetTop()+1)
}

// baseLoadfile is loadfile([filename [, mode [, env]]]).
func baseLoadfile(s backend.VM) int {
	mode := optText(s, 2, "loadfile", "bt")
	source, chunk, err := readSource(s, "loadfile")
	if err != nil {
		s.PushNil()
		s.PushString(err.Error())
		return 2
	}
	return loadText(s, source, chunk, mode, 3)
}

// baseDofile is dofile([filename]).
func baseDofile(s backend.VM) int {
	LoadDofile(s)
	base := s.GetTop() - 1
	s.Call(0, backend.MultipleResults)
	return s.GetTop() - base
}

// LoadDofile pushes the chunk of the file that the argument of dofile names. It is for adapters whose dofile can yield.
func LoadDofile(s backend.VM) {
	source, chunk, err := readSource(s, "dofile")
	if err == nil {
		err = s.Load(source, chunk, 0)
	}
	if err != nil {
		s.PushString(err.Error())
		s.Error()
	}
}

// readSource reads the file that the first argument names, or the standard input.
func readSource(s backend.VM, function string) (source, chunk string, err error) {
	name := optText(s, 1, function, "")
	if name == "" {
		content, err := readSourceText(s, os.Stdin)
		return content, "=stdin", err
	}
	content, err := readFile(s, name)
	if err != nil {
		return "", "", backend.FileError(name, err)
	}
	return content, "@" + name, nil
}

// codeFactor is how much more memory than the text of a chunk it takes to compile it.
const codeFactor = 16

// binaryMark is the first byte of a binary chunk.
const binaryMark = "\x1b"

// loadText pushes the compiled chunk, or nil and the message. Its globals are the argument env if that is present.
func loadText(s backend.VM, source, chunk, mode string, env int) int {
	kind := "text"
	if strings.HasPrefix(source, binaryMark) {
		kind = "binary"
	}
	var err error
	if !strings.Contains(mode, kind[:1]) {
		err = fmt.Errorf("attempt to load a %s chunk (mode is '%s')", kind, backend.Quote(mode))
	} else {
		if s.GetTop() < env {
			env = 0
		}
		s.Env().Reserve(codeFactor * len(source))
		err = s.Load(source, chunk, env)
	}
	if err != nil {
		s.PushNil()
		s.PushString(err.Error())
		return 2
	}
	return 1
}
