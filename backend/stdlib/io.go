package stdlib

import (
	"fmt"
	"os"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// ioDefaults is the name of a table, registered like a metatable, with the default files of a state.
const ioDefaults = "mtstates.io"

// The fields of ioDefaults, and what messages call the files.
const (
	defaultInput  = "input"
	defaultOutput = "output"
)

// OpenIO stores the standard files in the new table io on the top of the stack.
func OpenIO(s backend.VM) {
	backend.NewMetatable(s, ioDefaults)
	for _, standard := range []struct {
		name, isDefault string
		file            *file
	}{
		{"stdin", defaultInput, newStdin()},
		{"stdout", defaultOutput, &file{standard: true}},
		{"stderr", "", newStderr(s)},
	} {
		pushFile(s, standard.file)
		if standard.isDefault != "" {
			s.PushValue(-1)
			s.RawSetField(-3, standard.isDefault)
		}
		s.RawSetField(-3, standard.name)
	}
	s.SetTop(s.GetTop() - 1)
}

// pushDefault pushes a default file.
func pushDefault(s backend.VM, which string) {
	backend.GetRegistered(s, ioDefaults)
	s.RawGetField(-1, which)
	backend.Insert(s, s.GetTop()-1)
	s.SetTop(s.GetTop() - 1)
}

// openDefault returns a default file, which must be open.
func openDefault(s backend.VM, which string) *file {
	pushDefault(s, which)
	f := s.ToUserdata(-1).(*file)
	s.SetTop(s.GetTop() - 1)
	if f.closed {
		raise(s, "standard "+which+" file is closed")
	}
	return f
}

// fileArgument returns the file at index 1.
func fileArgument(s backend.VM, function string) *file {
	f, ok := s.ToUserdata(1).(*file)
	if !ok {
		arg.Bad(s, 1, function, fmt.Sprintf("%s expected, got %s", fileType, s.Type(1)))
	}
	return f
}

// openFile returns the file at index 1, which must be open.
func openFile(s backend.VM, function string) *file {
	f := fileArgument(s, function)
	if f.closed {
		raise(s, "attempt to use a closed file")
	}
	return f
}

// mustOpen opens a file for a function that can report a failure only by an error.
func mustOpen(s backend.VM, name, mode string) *file {
	f, err := open(name, mode)
	if err != nil {
		message, _ := systemError(err)
		raise(s, fmt.Sprintf("cannot open file '%s' (%s)", backend.Quote(name), message))
	}
	return f
}

func ioInput(s backend.VM) int { return ioDefault(s, defaultInput, "r") }

func ioOutput(s backend.VM) int { return ioDefault(s, defaultOutput, "w") }

// ioDefault is io.input([file]) or io.output([file]).
func ioDefault(s backend.VM, which, mode string) int {
	if s.Type(1) > backend.Nil {
		s.SetTop(1)
		backend.GetRegistered(s, ioDefaults)
		if name, ok := s.ToString(1); ok {
			pushFile(s, mustOpen(s, name, mode))
		} else {
			openFile(s, which)
			s.PushValue(1)
		}
		s.RawSetField(2, which)
	}
	pushDefault(s, which)
	return 1
}

// ioOpen is io.open(name [, mode]).
func ioOpen(s backend.VM) int {
	name, mode := text(s, 1, "open"), optText(s, 2, "open", "r")
	if _, ok := openFlags(mode); !ok {
		return arg.Bad(s, 2, "open", "invalid mode")
	}
	f, err := open(name, mode)
	if err != nil {
		return fileResult(s, err, name)
	}
	pushFile(s, f)
	return 1
}

// ioTmpfile opens a file that no other program finds and that is gone once it is closed.
func ioTmpfile(s backend.VM) int {
	f, err := os.CreateTemp("", "lua_")
	if err != nil {
		return fileResult(s, err, "")
	}
	tmp := newFile(f)
	if os.Remove(f.Name()) != nil { // some systems keep an open file; it goes when it is closed
		tmp.remove = f.Name()
	}
	pushFile(s, tmp)
	return 1
}

// ioType is io.type(value).
func ioType(s backend.VM) int {
	f, ok := s.ToUserdata(arg.Any(s, 1, "type")).(*file)
	switch {
	case !ok:
		s.PushNil()
	case f.closed:
		s.PushString("closed file")
	default:
		s.PushString("file")
	}
	return 1
}

// ioClose is io.close([file]).
func ioClose(s backend.VM) int {
	if s.Type(1) == backend.None {
		return closeFile(s, openDefault(s, defaultOutput))
	}
	return closeFile(s, openFile(s, "close"))
}

func ioFlush(s backend.VM) int {
	return fileResult(s, flushFile(s, openDefault(s, defaultOutput)), "")
}

func ioRead(s backend.VM) int {
	return read(s, openDefault(s, defaultInput), 1)
}

// ioWrite returns the default output file, like file:write.
func ioWrite(s backend.VM) int {
	f, n := openDefault(s, defaultOutput), s.GetTop()
	pushDefault(s, defaultOutput)
	return write(s, f, 1, n)
}

// ioLines is io.lines([name, ...]). The file that it opens is closed at its end.
func ioLines(s backend.VM) int {
	if s.Type(1) > backend.Nil {
		return lines(s, mustOpen(s, text(s, 1, "lines"), "r"), true)
	}
	pushDefault(s, defaultInput)
	f := s.ToUserdata(-1).(*file)
	s.SetTop(s.GetTop() - 1)
	if f.closed {
		return raise(s, "attempt to use a closed file")
	}
	return lines(s, f, false)
}
