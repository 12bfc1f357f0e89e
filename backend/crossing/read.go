package crossing

import (
	"slices"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// Read appends the neutral forms of the values at the indexes from to to to list. Handles in them are detached from vm.
// interrupt, which may be nil, stops it. The error is an [*UnsupportedError], an [*InterruptedError] or [ErrNoRoom].
func Read(
	vm backend.VM, from, to int, list []backend.Value, interrupt *backend.Interrupt,
) ([]backend.Value, error) {
	return read(vm, from, to, list, interrupt, detachHandles)
}

// mode is how values are read.
type mode int

const (
	// detachHandles is for values that outlive the VM: otherwise the handles are those of the VM.
	detachHandles mode = 1 << iota
	// functionsCross lets library functions cross.
	functionsCross
)

// read is Read.
func read(
	vm backend.VM, from, to int, list []backend.Value, interrupt *backend.Interrupt, how mode,
) ([]backend.Value, error) {
	for i := from; i <= to; i++ {
		v, ok := vm.ToNeutral(i)
		if !ok {
			return readRest(vm, i, to, list, interrupt, how)
		}
		list = append(list, v)
	}
	return list, nil
}

// readRest is read for values of which some are not simple.
func readRest(
	vm backend.VM, from, to int, list []backend.Value, interrupt *backend.Interrupt, how mode,
) (_ []backend.Value, err error) {
	if !vm.CheckStack(readerRoom) {
		return list, ErrNoRoom
	}
	top := vm.GetTop()
	r := readers.Get().(*reader)
	r.vm, r.checks, r.pending, r.mode = vm, checks{interrupt, checkEvery}, top+1, how
	vm.PushNil() // the place of the list of pending tables
	for i := from; i <= to && err == nil; i++ {
		var v backend.Value
		if v, err = r.value(i, place{table: outside, field: i}); err == nil {
			list = append(list, v)
		}
	}
	for n := 0; n < len(r.tables) && err == nil; n++ {
		err = r.fields(n)
	}
	vm.SetTop(top)
	r.free()
	return list, err
}

// readerRoom is the number of stack slots that a reader needs: the list of pending tables, a table with a key and a
// value, and what a table takes to be entered in the list.
const readerRoom = 8

// reader makes neutral forms of tables. A table gets a number when it is seen first, and in the order of the numbers
// their fields are read.
type reader struct {
	vm backend.VM
	checks
	tables  []seenTable
	numbers map[uintptr]int // of tables by their pointers, if there are many
	pending int             // index of a table with those tables under their numbers that are not on the stack; nil for none
	scratch []backend.Field
	mode    mode
}

type seenTable struct {
	neutral *backend.NeutralTable
	pointer uintptr
	index   int // on the stack, 0 if it is in the list of pending tables
	first   place
}

// place is where a value was found: in a field of a table, or, if table is outside, on the stack at the index field.
type place struct {
	table, field int
	isKey        bool
}

const outside = -1

var readers = sync.Pool{New: func() any { return new(reader) }}

// keptFields bounds the memory that a reader or writer in the pool keeps.
const keptFields = 1024

func (r *reader) free() {
	if cap(r.scratch) > keptFields || cap(r.tables) > keptFields {
		return
	}
	clear(r.scratch[:cap(r.scratch)])
	clear(r.tables)
	clear(r.numbers)
	*r = reader{tables: r.tables[:0], numbers: r.numbers, scratch: r.scratch}
	readers.Put(r)
}

// value returns the neutral form of the value at index, which was found at a place.
func (r *reader) value(index int, at place) (backend.Value, error) {
	if v, ok := r.vm.ToNeutral(index); ok {
		return v, nil
	}
	return r.inner(backend.Value{Kind: r.vm.Type(index)}, index, at)
}

// inner returns the neutral form of a value that is simple already, or stands at index.
func (r *reader) inner(v backend.Value, index int, at place) (backend.Value, error) {
	switch v.Kind {
	case backend.Nil, backend.Boolean, backend.Number, backend.String, backend.LightUserdataType:
		return v, nil
	case backend.Table:
		return backend.TableValue(r.table(index, at)), nil
	case backend.Userdata:
		if h, ok := r.vm.ToUserdata(index).(backend.Handle); ok {
			return backend.HandleValue(r.handle(h)), nil
		}
	case backend.FunctionType:
		if r.mode&functionsCross == 0 {
			break
		}
		if f, ok := libraryFunctionAt(r.vm, absolute(r.vm, index)); ok {
			return backend.HandleValue(f), nil
		}
	}
	return backend.Value{}, r.unsupported(v.Kind, at)
}

func (r *reader) handle(h backend.Handle) backend.Handle {
	if d, ok := h.(backend.Detachable); ok && r.mode&detachHandles != 0 {
		return d.Detach()
	}
	return h
}

// table returns the neutral form of the table at index, whose fields may still have to be read.
func (r *reader) table(index int, at place) *backend.NeutralTable {
	pointer := r.vm.ToPointer(index)
	if n, ok := r.number(pointer); ok {
		return r.tables[n].neutral
	}
	n := len(r.tables)
	t := seenTable{&backend.NeutralTable{}, pointer, index, at}
	if at.table != outside {
		t.index = 0
		r.enter(absolute(r.vm, index), n)
	}
	r.tables = append(r.tables, t)
	if n == fewTables {
		if r.numbers == nil {
			r.numbers = map[uintptr]int{}
		}
		for i := range r.tables {
			r.numbers[r.tables[i].pointer] = i
		}
	} else if n > fewTables {
		r.numbers[pointer] = n
	}
	return t.neutral
}

// absolute returns an index that counts from the bottom of the stack.
func absolute(vm backend.VM, index int) int {
	if index < 0 {
		return index + vm.GetTop() + 1
	}
	return index
}

// fewTables is the number of tables up to which they are searched one by one.
const fewTables = 8

func (r *reader) number(pointer uintptr) (n int, ok bool) {
	if len(r.tables) > fewTables {
		n, ok = r.numbers[pointer]
		return n, ok
	}
	for i := range r.tables {
		if r.tables[i].pointer == pointer {
			return i, true
		}
	}
	return 0, false
}

// enter puts the table at index into the list of pending tables.
func (r *reader) enter(index, number int) {
	ensureTable(r.vm, r.pending)
	r.vm.PushValue(index)
	r.vm.RawSetI(r.pending, number+1)
}

// ensureTable replaces a nil at index by a new table.
func ensureTable(vm backend.VM, index int) {
	if vm.Type(index) == backend.Nil {
		vm.CreateTable(0, 0)
		backend.Insert(vm, index)
		backend.Remove(vm, index+1)
	}
}

// fields reads the fields of a table.
func (r *reader) fields(number int) error {
	vm, index, top := r.vm, r.tables[number].index, r.vm.GetTop()
	if index == 0 {
		vm.RawGetI(r.pending, number+1)
		index = top + 1
	}
	r.scratch = r.scratch[:0]
	var err error
	vm.RawEach(index, func(key, value backend.Value) bool {
		if err = r.step(); err != nil {
			return false
		}
		at := place{table: number, field: len(r.scratch), isKey: true}
		if key, err = r.inner(key, -2, at); err != nil {
			return false
		}
		r.scratch = append(r.scratch, backend.Field{Key: key})
		at.isKey = false
		r.scratch[at.field].Value, err = r.inner(value, -1, at)
		return err == nil
	})
	if err != nil {
		return err
	}
	r.tables[number].neutral.SetFields(slices.Clone(r.scratch))
	vm.SetTop(top)
	return nil
}

// unsupported returns the error for a value at a place.
func (r *reader) unsupported(t backend.Type, at place) error {
	e := &UnsupportedError{Type: t}
	for ; at.table != outside; at = r.tables[at.table].first {
		e.Path = append(e.Path, r.stepTo(at, t))
	}
	e.Index = at.field
	slices.Reverse(e.Path)
	return e
}

// stepTo returns the step to a place in a table. If the table is the one that is being read, its fields so far are in
// the scratch memory, without the key if that is the place; then t is the type of the key.
func (r *reader) stepTo(at place, t backend.Type) Step {
	fields := r.tables[at.table].neutral.Fields()
	if fields == nil {
		fields = r.scratch
	}
	if at.field == len(fields) {
		return Step{Key: backend.Value{Kind: t}, IsKey: true}
	}
	return Step{Key: fields[at.field].Key, IsKey: at.isKey}
}
