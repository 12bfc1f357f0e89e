package backend

import (
	"errors"
	"fmt"
	"io/fs"
)

// FileError returns the error of opening a file in Lua's words: "cannot open NAME: No such file or directory".
func FileError(name string, err error) error {
	name = Quote(name)
	var perr *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("cannot open %s: No such file or directory", name)
	case errors.As(err, &perr):
		return fmt.Errorf("cannot open %s: %v", name, perr.Err)
	}
	return fmt.Errorf("cannot open %s: %v", name, err)
}
