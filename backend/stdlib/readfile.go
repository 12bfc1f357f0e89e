package stdlib

import (
	"io"
	"io/fs"
	"os"

	"github.com/mtstates/go-mtstates/backend"
)

// readFile returns the content of a file that is to be compiled. It raises the memory error for a file that is longer than
// a string may be, such as one without end.
func readFile(s backend.VM, name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readSourceText(s, f)
}

// readFSFile is readFile for a file of the host's file system.
func readFSFile(s backend.VM, name string) (string, error) {
	f, err := s.Env().FS.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return "", &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	return readSourceText(s, f)
}

const firstChunk = 4 << 10

func readSourceText(s backend.VM, r io.Reader) (string, error) {
	b := buffer{limit: s.Env().MaxString, bytes: make([]byte, 0, firstChunk)}
	for {
		if len(b.bytes) == cap(b.bytes) {
			b.room(s, 1)
			b.bytes = append(b.bytes, 0)[:len(b.bytes)]
		}
		n, err := r.Read(b.bytes[len(b.bytes):cap(b.bytes)])
		b.bytes = b.bytes[:len(b.bytes)+n]
		b.room(s, 0)
		if err != nil {
			return string(b.bytes), notEnd(err)
		}
	}
}
