package stdlib

import (
	"io"
	"math"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/stdio"
)

// maxFormats bounds the number of formats that lines keeps.
const maxFormats = 17

// fileMethods are the methods of files, and their metamethods. Messages do not count the file as an argument.
var fileMethods map[string]backend.Function

// It is set here because pushFile, which methods use, refers to it.
func init() {
	fileMethods = map[string]backend.Function{
		"__tostring": fileToString, "close": fileClose, "flush": fileFlush, "lines": fileLines, "read": fileRead,
		"seek": fileSeek, "setvbuf": fileSetvbuf, "write": fileWrite,
	}
}

func fileToString(s backend.VM) int {
	s.PushString(fileArgument(s, "tostring").text())
	return 1
}

func fileClose(s backend.VM) int { return closeFile(s, openFile(s, "close")) }

func closeFile(s backend.VM, f *file) int {
	if f.standard {
		s.PushNil()
		s.PushString("cannot close standard file")
		return 2
	}
	err := f.close()
	if f.command != nil {
		return commandResult(s, f.command.wait(s))
	}
	return fileResult(s, err, "")
}

func fileFlush(s backend.VM) int { return fileResult(s, flushFile(s, openFile(s, "flush")), "") }

func fileRead(s backend.VM) int { return read(s, openFile(s, "read"), 2) }

// fileWrite is file:write(...). It returns the file.
func fileWrite(s backend.VM) int {
	f, n := openFile(s, "write"), s.GetTop()
	s.PushValue(1)
	return write(s, f, 2, n)
}

// write writes the arguments from first to last to a file, which is on the top of the stack and the result.
func write(s backend.VM, f *file, first, last int) int {
	for i := first; i <= last; i++ {
		if err := f.write(s, arg.String(s, i, "write")); err != nil {
			return fileResult(s, err, "")
		}
	}
	return 1
}

// fileSeek is file:seek([whence [, offset]]).
func fileSeek(s backend.VM) int {
	f := openFile(s, "seek")
	name, ok := arg.OptString(s, 2, "seek")
	if !ok {
		name = "cur"
	}
	whence, ok := map[string]int{"set": io.SeekStart, "cur": io.SeekCurrent, "end": io.SeekEnd}[name]
	if !ok {
		return arg.Bad(s, 2, "seek", "invalid option '"+backend.Quote(name)+"'")
	}
	offset, _ := arg.OptNumber(s, 3, "seek")
	if offset != math.Trunc(offset) || math.Abs(offset) > maxExact {
		return arg.Bad(s, 3, "seek", "not an integer in proper range")
	}
	position, err := f.seek(int64(offset), whence)
	if err != nil {
		return fileResult(s, err, "")
	}
	s.PushNumber(float64(position))
	return 1
}

// fileSetvbuf is file:setvbuf(mode [, size]). The buffer is for writing.
func fileSetvbuf(s backend.VM) int {
	const largest = 1 << 20
	f, mode := openFile(s, "setvbuf"), arg.String(s, 2, "setvbuf")
	size := stdio.DefaultSize
	if n, ok := arg.OptNumber(s, 3, "setvbuf"); ok {
		size = min(max(clamp(n), 1), largest)
	}
	switch mode {
	case "no":
		size = 0
	case "full", "line":
	default:
		return arg.Bad(s, 2, "setvbuf", "invalid option '"+backend.Quote(mode)+"'")
	}
	return fileResult(s, bufferFile(s, f, size, mode == "line"), "")
}

// fileLines is file:lines(...).
func fileLines(s backend.VM) int { return lines(s, openFile(s, "lines"), false) }

// lines pushes an iterator that reads by the formats from index 2 on. With closing, it closes the file at its end.
func lines(s backend.VM, f *file, closing bool) int {
	formats := make([]backend.Value, max(0, s.GetTop()-1))
	if len(formats) > maxFormats {
		return arg.Bad(s, maxFormats+2, "lines", "too many options")
	}
	for i := range formats {
		formats[i], _ = s.ToNeutral(i + 2) // nil for a table or the like, which is not a format either
	}
	s.PushFunction(func(s backend.VM) int {
		if f.closed {
			return raise(s, "file is already closed")
		}
		s.SetTop(0)
		for _, v := range formats {
			s.PushNeutral(v)
		}
		n := read(s, f, 1)
		if s.Type(-n) != backend.Nil {
			return n
		}
		if n > 1 { // nil, message, number
			message, _ := s.ToString(-n + 1)
			return raise(s, message)
		}
		if closing {
			_ = f.close() // it was only read
		}
		s.PushNil()
		return 1
	})
	return 1
}
