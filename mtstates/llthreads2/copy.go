package llthreads2

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// copyError reports a value that cannot be copied.
type copyError struct {
	index   int // on the source's stack
	message string
}

func (e *copyError) Error() string { return e.message }

// errNoRoom is returned by copyValues if one of the stacks is full.
var errNoRoom = mtstates.ErrOutOfMemory.With("no room for the values of a thread on the stack")

// copyValues pushes copies of the values at the indexes from to to onto dst: simple values, and tables of them without
// their metatables. A table that occurs twice is copied once. The error is a *copyError or errNoRoom, and both stacks
// are as they were then.
func copyValues(src, dst backend.VM, from, to int) error {
	switch bad := src.Transfer(dst, from, to); {
	case bad == 0:
		return nil
	case bad == backend.NoRoom:
		return errNoRoom
	}
	c := copier{src: src, dst: dst}
	srcTop, dstTop := src.GetTop(), dst.GetTop()
	err := c.list(from, to)
	src.SetTop(srcTop)
	if err != nil {
		dst.SetTop(dstTop)
		return err
	}
	backend.Remove(dst, c.copies)
	return nil
}

// copier copies values of which some are tables.
type copier struct {
	src, dst backend.VM
	seen     int // index in src: a table with the numbers of tables that were copied, false for one being copied
	copies   int // index in dst: a table with the copies by number
	count    int
	depth    int // at which the present table is nested
}

// Nested tables take some values each on the stack, and room is reserved for several levels at a time. The VMs would
// need more and more time to grow their stacks, so there is a limit.
const (
	roomPerLevel = 8
	levels       = 64
	maxDepth     = 10000
)

func (c *copier) reserve(n int) bool { return c.src.CheckStack(n) && c.dst.CheckStack(n) }

func (c *copier) list(from, to int) error {
	if !c.reserve(to - from + 1 + roomPerLevel) {
		return errNoRoom
	}
	c.src.NewTable()
	c.seen = c.src.GetTop()
	c.dst.NewTable()
	c.copies = c.dst.GetTop()
	for i := from; i <= to; i++ {
		if err := c.value(i); err != nil {
			if e, ok := err.(*copyError); ok {
				e.index = i
			}
			return err
		}
	}
	return nil
}

// value pushes a copy of the value at an index of src.
func (c *copier) value(index int) error {
	t := c.src.Type(index)
	if t == backend.Table {
		return c.table(index)
	}
	switch c.src.Transfer(c.dst, index, index) {
	case 0:
		return nil
	case backend.NoRoom:
		return errNoRoom
	}
	if index > c.seen {
		return &copyError{message: fmt.Sprintf("type '%s' inside of a table not supported", t)}
	}
	return &copyError{message: fmt.Sprintf("type '%s' not supported", t)}
}

func (c *copier) table(index int) error {
	if c.depth == maxDepth {
		return &copyError{message: "table nested too deeply"}
	}
	if c.depth%levels == 0 && !c.reserve(levels*roomPerLevel) {
		return errNoRoom
	}
	c.depth++
	defer func() { c.depth-- }()
	known, err := c.known(index)
	if known || err != nil {
		return err
	}
	c.note(index, func() { c.src.PushBoolean(false) })
	c.dst.NewTable()
	into := c.dst.GetTop()
	c.src.PushNil()
	for c.src.Next(index) {
		key := c.src.GetTop() - 1
		if err := c.value(key); err != nil {
			return err
		}
		if err := c.value(key + 1); err != nil {
			return err
		}
		c.dst.RawSet(into)
		c.src.SetTop(key)
	}
	c.count++
	c.note(index, func() { c.src.PushNumber(float64(c.count)) })
	c.dst.PushValue(into)
	c.dst.RawSetI(c.copies, c.count)
	return nil
}

// known pushes the copy of a table that was copied before. If the table is still being copied, it contains itself.
func (c *copier) known(index int) (bool, error) {
	c.src.PushValue(index)
	c.src.RawGet(c.seen)
	kind := c.src.Type(-1)
	number, _ := c.src.ToNumber(-1)
	c.src.SetTop(c.src.GetTop() - 1)
	switch kind {
	case backend.Boolean:
		return false, &copyError{message: "table contains itself"}
	case backend.Number:
		c.dst.PushNumber(number)
		c.dst.RawGet(c.copies)
		return true, nil
	}
	return false, nil
}

// note stores the value that push pushes as the state of the table at index.
func (c *copier) note(index int, push func()) {
	c.src.PushValue(index)
	push()
	c.src.RawSet(c.seen)
}
