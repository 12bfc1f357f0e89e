package stdlib

import (
	"fmt"
	"os"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// The names under which the registry has the default files of a state.
const (
	defaultInput  = "mtstates.input"
	defaultOutput = "mtstates.output"
)

// defaultNames are what messages call the default files.
var defaultNames = map[string]string{defaultInput: "input", defaultOutput: "output"}

// OpenIO stores the standard files in the new table io on the top of the stack.
func OpenIO(s backend.VM) {
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
			setDefault(s, standard.isDefault)
		}
		s.RawSetField(-2, standard.name)
	}
}

// setDefault makes the file on the top of the stack a default file.
func setDefault(s backend.VM, which string) {
	s.PushRegistry()
	s.PushValue(-2)
	s.RawSetField(-2, which)
	s.SetTop(s.GetTop() - 1)
}

// pushDefault pushes a default file, and returns it.
func pushDefault(s backend.VM, which string) *file {
	backend.GetRegistered(s, which)
	return s.ToUserdata(-1).(*file)
}

// pushOpenDefault pushes a default file, which must be open, and returns it.
func pushOpenDefault(s backend.VM, which string) *file {
	f := pushDefault(s, which)
	if f.closed {
		raise(s, "standard "+defaultNames[which]+" file is closed")
	}
	return f
}

// openDefault returns a default file, which must be open.
func openDefault(s backend.VM, which string) *file {
	f := pushOpenDefault(s, which)
	s.SetTop(s.GetTop() - 1)
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
		if name, ok := s.ToString(1); ok {
			pushFile(s, mustOpen(s, name, mode))
		} else {
			openFile(s, defaultNames[which])
		}
		setDefault(s, which)
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
	n := s.GetTop()
	return write(s, pushOpenDefault(s, defaultOutput), 1, n)
}

// ioLines is io.lines([name, ...]). The file that it opens is closed at its end.
func ioLines(s backend.VM) int {
	if s.Type(1) > backend.Nil {
		return lines(s, mustOpen(s, text(s, 1, "lines"), "r"), true)
	}
	f := pushDefault(s, defaultInput)
	s.SetTop(s.GetTop() - 1)
	if f.closed {
		return raise(s, "attempt to use a closed file")
	}
	return lines(s, f, false)
}
