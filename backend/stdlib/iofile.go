package stdlib

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdio"
)

// fileType is the type name of files.
const fileType = "FILE*"

// file is the content of the userdata of an open file. It belongs to one state.
//
// Without setvbuf, output goes to the system at once, unless the program flushes files at its end: see package stdio.
type file struct {
	os       *os.File  // nil for the output of a state
	out      io.Writer // where that goes; nil for the standard output
	reader   *bufio.Reader
	waiting  *waitingReader // under the reader where a read may have to wait; nil for other files
	writer   *stdio.Writer  // nil without buffer
	lock     chan struct{}  // holds a value while a state reads from what all states share; nil for other files
	command  *process       // of popen
	remove   string         // the file to remove after closing
	standard bool           // cannot be closed
	closed   bool
}

// sharedStdin is made on first use. The process has one standard input, and what was read ahead must not be lost to other
// states, so all of them share reader and lock.
var sharedStdin = sync.OnceValue(func() file {
	waiting := &waitingReader{from: os.Stdin}
	return file{os: os.Stdin, reader: bufio.NewReaderSize(waiting, 64<<10), waiting: waiting, lock: make(chan struct{}, 1),
		standard: true}
})

func newStdin() *file {
	f := sharedStdin()
	return &f
}

func newStderr(s backend.VM) *file {
	if out := s.Env().Stderr; out != nil {
		return &file{out: out, standard: true}
	}
	return &file{os: os.Stderr, standard: true}
}

// fileBytes is about what a file takes, with the buffer of its reader.
const fileBytes = 5 << 10

// MemoryBytes returns about how many bytes the file takes, see [backend.Sized].
func (f *file) MemoryBytes() int {
	if f.standard || f.closed {
		return 0
	}
	return fileBytes
}

func newFile(f *os.File) *file { return &file{os: f, reader: bufio.NewReader(f)} }

// open opens a file. The mode must be known to openFlags.
func open(name, mode string) (*file, error) {
	flags, _ := openFlags(mode)
	f, err := os.OpenFile(name, flags, 0o666)
	if err != nil {
		return nil, err
	}
	opened := newFile(f)
	if flags != os.O_RDONLY && stdio.Buffers() {
		err = opened.buffer(stdio.DefaultSize, false)
	}
	return opened, err
}

// openFlags returns the flags for a mode such as "r+b"; ok is false if it is not a mode.
func openFlags(mode string) (flags int, ok bool) {
	plain := strings.TrimSuffix(mode, "b")
	access, create := os.O_WRONLY, os.O_CREATE
	if strings.HasSuffix(plain, "+") {
		access, plain = os.O_RDWR, plain[:len(plain)-1]
	}
	switch plain {
	case "r":
		if access == os.O_WRONLY {
			access = os.O_RDONLY
		}
		return access, true
	case "w":
		return access | create | os.O_TRUNC, true
	case "a":
		return access | create | os.O_APPEND, true
	}
	return 0, false
}

// pushFile pushes a file as userdata. The first call makes the metatable.
func pushFile(s backend.VM, f *file) {
	if backend.NewMetatable(s, fileType) {
		s.PushValue(-1)
		s.RawSetField(-2, "__index")
		if s.Env().ReadOnlyGlobals {
			s.PushString(fileType)
			s.RawSetField(-2, "__metatable")
		}
		for name, method := range fileMethods {
			s.PushFunction(method)
			s.RawSetField(-2, name)
		}
	}
	s.SetTop(s.GetTop() - 1)
	s.PushUserdata(f, fileType)
}

// source is what the reader reads from.
func (f *file) source() io.Reader {
	if f.waiting != nil {
		return f.waiting
	}
	return f.os
}

// beforeReading hands buffered output to the system.
func (f *file) beforeReading() error {
	if f.writer != nil {
		return f.writer.Flush()
	}
	return nil
}

// write writes at the position that reading has reached.
func (f *file) write(s backend.VM, t string) (err error) {
	switch {
	case f.out != nil:
		_, err := io.WriteString(f.out, t)
		return err
	case f.os == nil:
		return s.Env().WriteOutput(t)
	case f.reader != nil && f.reader.Buffered() > 0:
		if _, err := f.os.Seek(int64(-f.reader.Buffered()), io.SeekCurrent); err != nil {
			return err
		}
		f.reader.Reset(f.source())
	}
	if f.writer == nil {
		_, err = f.os.WriteString(t)
	} else {
		_, err = f.writer.WriteString(t)
	}
	return err
}

// output returns where the output of the state goes, or that of a file that the host has chosen; nil for other files.
func (f *file) output(s backend.VM) io.Writer {
	switch {
	case f.os != nil:
		return nil
	case f.out != nil:
		return f.out
	case s.Env().Stdout != nil:
		return s.Env().Stdout
	}
	return stdio.Stdout
}

// flushFile flushes a file, or the output of the state, if what the host has chosen for that keeps something back.
func flushFile(s backend.VM, f *file) error {
	if f.os != nil {
		return f.flush()
	}
	if lines, ok := f.output(s).(interface{ Flush() error }); ok {
		return lines.Flush()
	}
	return nil
}

// flushOutput flushes the output of the process, if the state has it, before something else shows: a command or a wait for
// input.
func flushOutput(s backend.VM) {
	if s.Env().Stdout == nil {
		_ = stdio.Stdout.Flush() // the next write fails as well
	}
}

func (f *file) flush() error {
	if f.writer != nil {
		return f.writer.Flush()
	}
	return nil
}

// bufferFile sets the size of the output buffer of a file, 0 for none, or of the output of the state, if what the host has
// chosen for that has one.
func bufferFile(s backend.VM, f *file, size int, byLine bool) error {
	if f.os != nil {
		return f.buffer(size, byLine)
	}
	out := f.output(s)
	if out == stdio.Stdout && !stdio.Buffers() {
		return nil // the program does not flush it at its end
	}
	if buffered, ok := out.(interface {
		SetBuffer(size int, byLine bool) error
	}); ok {
		return buffered.SetBuffer(size, byLine)
	}
	return nil
}

// buffer sets the size of the output buffer of a file of the system. A buffer that becomes garbage is flushed.
func (f *file) buffer(size int, byLine bool) error {
	if f.writer == nil {
		f.writer = stdio.NewWriter(f.os)
		stdio.Keep(f.writer)
		runtime.AddCleanup(f, func(w *stdio.Writer) {
			_ = w.Flush()
			stdio.Forget(w)
		}, f.writer)
	}
	return f.writer.SetBuffer(size, byLine)
}

// seek returns the new position.
func (f *file) seek(offset int64, whence int) (int64, error) {
	if f.os == nil {
		return 0, syscall.ESPIPE
	}
	if err := f.flush(); err != nil {
		return 0, err
	}
	if f.reader != nil && whence == io.SeekCurrent {
		offset -= int64(f.reader.Buffered())
	}
	position, err := f.os.Seek(offset, whence)
	if err == nil && f.reader != nil {
		f.reader.Reset(f.source())
	}
	return position, err
}

// close closes the file. For a command, it waits for the end of the command.
func (f *file) close() error {
	err := f.flush()
	if f.writer != nil {
		stdio.Forget(f.writer)
	}
	f.closed = true
	if closing := f.os.Close(); err == nil {
		err = closing
	}
	if f.remove != "" {
		_ = os.Remove(f.remove) // the file was never visible to others
	}
	return err
}

// text is the result of tostring.
func (f *file) text() string {
	if f.closed {
		return "file (closed)"
	}
	return fmt.Sprintf("file (%p)", f)
}

// readLine returns the next line with its newline. At the end of the file it is empty.
func (f *file) readLine(s backend.VM) (line []byte, err error) {
	b := buffer{limit: s.Env().MaxString}
	for {
		part, err := f.reader.ReadSlice('\n')
		b.room(s, len(part))
		if b.bytes == nil && err == nil {
			return bytes.Clone(part), nil
		}
		b.bytes = append(b.bytes, part...)
		if err != bufio.ErrBufferFull {
			return b.bytes, notEnd(err)
		}
	}
}

// readBytes returns up to n bytes, fewer only at the end of the file.
func (f *file) readBytes(s backend.VM, n int) (read []byte, err error) {
	b := buffer{limit: s.Env().MaxString}
	for n > 0 {
		chunk := min(n, max(512, min(len(b.bytes), b.limit-len(b.bytes), bytesPerPoll)))
		b.room(s, chunk)
		from := len(b.bytes)
		b.bytes = append(b.bytes, make([]byte, chunk)...)
		got, err := io.ReadFull(f.reader, b.bytes[from:])
		b.bytes, n = b.bytes[:from+got], n-got
		if b.room(s, 0); err != nil {
			return b.bytes, notEnd(err)
		}
	}
	return b.bytes, nil
}

// notEnd returns the error unless it is the end of the file.
func notEnd(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil
	}
	return err
}
