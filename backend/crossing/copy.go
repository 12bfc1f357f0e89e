package crossing

import (
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// Copy pushes copies of the values of src at the indexes from to to onto dst. The interrupts of both VMs stop it. The
// error is an [*UnsupportedError], a [*TooLongError], an [*InterruptedError], [ErrNoRoom], or [backend.ErrOutOfMemory].
func Copy(src, dst backend.VM, from, to int) error {
	switch src.Transfer(dst, from, to) {
	case 0:
		return nil
	case backend.NoRoom:
		return ErrNoRoom
	}
	return copyVia(src, dst, from, to, src.Env().Interrupt, 0)
}

// CopyArguments is [Copy] into the VM of a new thread. Functions of libraries, and of modules that the host has registered,
// cross as well: as those that dst has under the same names.
func CopyArguments(src, dst backend.VM, from, to int) error {
	return copyWithFunctions(src, dst, from, to, src.Env().Interrupt)
}

// CopyResults is [CopyArguments] out of the VM of a thread that has ended: only the interrupt of dst stops it.
func CopyResults(src, dst backend.VM, from, to int) error {
	return copyWithFunctions(src, dst, from, to, dst.Env().Interrupt)
}

func copyWithFunctions(src, dst backend.VM, from, to int, reading *backend.Interrupt) error {
	switch src.Transfer(dst, from, to) {
	case 0:
		return nil
	case backend.NoRoom:
		return ErrNoRoom
	}
	return copyVia(src, dst, from, to, reading, functionsCross)
}

// copyVia copies values through their neutral form.
func copyVia(src, dst backend.VM, from, to int, reading *backend.Interrupt, how mode) error {
	scratch := lists.Get().(*[]backend.Value)
	list, err := read(src, from, to, (*scratch)[:0], reading, how)
	if err == nil {
		err = Push(dst, list, dst.Env().Interrupt)
	}
	if cap(list) <= keptFields {
		clear(list)
		*scratch = list[:0]
		lists.Put(scratch)
	}
	return err
}

var lists = sync.Pool{New: func() any { return new([]backend.Value) }}
