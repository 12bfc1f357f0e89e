package stdlib

import (
	"bufio"
	"bytes"
	"math"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// maxNumeral bounds the length of a numeral that read accepts.
const maxNumeral = 200

// read reads from a file by the formats from index first on, and pushes the results: nil for the first format that
// fails, and nothing after it.
func read(s backend.VM, f *file, first int) int {
	last := s.GetTop()
	if f.lock != nil {
		f.take(s)
		defer func() { <-f.lock }()
		if f.reader.Buffered() == 0 {
			flushOutput(s)
		}
	}
	if f.waiting != nil {
		f.waiting.interrupt = s.Env().Interrupt
	}
	if err := f.beforeReading(); err != nil {
		return fileResult(s, err, "")
	}
	if f.reader == nil { // an output of the process
		f.reader = bufio.NewReader(f.os)
	}
	if first > last {
		ok, err := readLine(s, f, false)
		return readResult(s, 1, ok, err)
	}
	if !s.CheckStack(last - first + 1) {
		return raise(s, "stack overflow (too many arguments)")
	}
	n := 0
	for i := first; i <= last; i++ {
		ok, err := readFormat(s, f, i)
		if n++; !ok || err != nil {
			return readResult(s, n, ok, err)
		}
	}
	return n
}

// readResult completes a read of n values; the last of them is on the stack if ok.
func readResult(s backend.VM, n int, ok bool, err error) int {
	switch {
	case err == errInterrupted:
		return raiseInterrupted(s)
	case err != nil:
		return fileResult(s, err, "")
	case !ok:
		s.PushNil()
	}
	return n
}

// readFormat reads by the format at an index, and pushes the result if there is one.
func readFormat(s backend.VM, f *file, index int) (ok bool, err error) {
	if s.Type(index) == backend.Number {
		count, _ := s.ToNumber(index)
		return readBytes(s, f, clamp(count))
	}
	format, _ := s.ToString(index)
	if format == "" || format[0] != '*' {
		arg.Bad(s, index, "read", "invalid option")
	}
	verb := byte(0)
	if len(format) > 1 {
		verb = format[1]
	}
	switch verb {
	case 'n':
		return readNumber(s, f)
	case 'l', 'L':
		return readLine(s, f, verb == 'L')
	case 'a':
		return readAll(s, f)
	}
	arg.Bad(s, index, "read", "invalid format")
	return false, nil
}

func readLine(s backend.VM, f *file, keepNewline bool) (ok bool, err error) {
	line, err := f.readLine(s)
	if len(line) == 0 {
		return false, err
	}
	if !keepNewline {
		line = bytes.TrimSuffix(line, []byte("\n"))
	}
	s.PushString(string(line))
	return true, err
}

// readBytes reads up to n bytes; 0 tests for the end of the file.
func readBytes(s backend.VM, f *file, n int) (ok bool, err error) {
	if n <= 0 {
		if _, err := f.reader.Peek(1); err != nil {
			return false, notEnd(err)
		}
		s.PushString("")
		return true, nil
	}
	read, err := f.readBytes(s, n)
	if len(read) == 0 {
		return false, err
	}
	s.PushString(string(read))
	return true, err
}

func readAll(s backend.VM, f *file) (ok bool, err error) {
	read, err := f.readBytes(s, math.MaxInt)
	s.PushString(string(read))
	return true, err
}

// readNumber reads a number as C's scanf does: white space, and then as much as can be the text of a number.
func readNumber(s backend.VM, f *file) (ok bool, err error) {
	r := numeralReader{reader: f.reader}
	for r.accept(" \t\n\v\f\r", false) {
	}
	r.accept("+-", true)
	digits, exponent := "0123456789", "eE"
	if r.accept("0", true) && r.accept("xX", true) {
		digits, exponent = "0123456789abcdefABCDEF", "pP"
	}
	for r.accept(digits, true) {
	}
	if r.accept(".", true) {
		for r.accept(digits, true) {
		}
	}
	if len(r.text) > 0 && r.accept(exponent, true) {
		r.accept("+-", true)
		for r.accept("0123456789", true) {
		}
	}
	n, ok := backend.ParseNumber(string(r.text))
	if ok {
		s.PushNumber(n)
	}
	return ok, r.err
}

// numeralReader collects the text of a number.
type numeralReader struct {
	reader *bufio.Reader
	text   []byte
	err    error
}

// accept consumes the next byte if it is one of those given, and keeps it if it belongs to the number.
func (r *numeralReader) accept(those string, keep bool) bool {
	next, err := r.reader.Peek(1)
	if err != nil {
		r.err = notEnd(err)
		return false
	}
	if bytes.IndexByte([]byte(those), next[0]) < 0 || len(r.text) == maxNumeral {
		return false
	}
	if keep {
		r.text = append(r.text, next[0])
	}
	_, _ = r.reader.Discard(1) // it was peeked at
	return true
}
