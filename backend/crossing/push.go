package crossing

import (
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// Push pushes values in their neutral form. interrupt, which may be nil, stops it. The error is an [*InterruptedError],
// a [*TooLongError], [ErrNoRoom], or [backend.ErrOutOfMemory] when tables exceed the limit on the memory of vm.
func Push(vm backend.VM, values []backend.Value, interrupt *backend.Interrupt) error {
	if !vm.CheckStack(len(values)) {
		return ErrNoRoom
	}
	for i := range values {
		if v := &values[i]; v.Kind == backend.Table || v.Kind == backend.Userdata || v.Kind == backend.String && backend.TooLong(vm, len(v.Text())) {
			return pushRest(vm, values, i, interrupt)
		}
		vm.PushNeutral(values[i])
	}
	return nil
}

// pushRest is Push for values of which those from number from on are not all simple.
func pushRest(vm backend.VM, values []backend.Value, from int, interrupt *backend.Interrupt) (err error) {
	top := vm.GetTop()
	w := writers.Get().(*writer)
	w.vm, w.checks, w.maxString = vm, checks{interrupt, checkEvery}, vm.Env().MaxString
	for i := from; i < len(values) && err == nil; i++ {
		err = w.push(&values[i], true)
	}
	if len(w.tables) > 0 && err == nil {
		err = w.fill()
	}
	if err != nil {
		vm.SetTop(top - from)
	}
	w.free()
	return err
}

// writer makes tables of their neutral forms. A table gets a number when it is met first, and in the order of the
// numbers their fields are set.
type writer struct {
	vm backend.VM
	checks
	maxString int
	roomy     bool // whether there is room for more than the values
	tables    []metTable
	asked     int                           // bytes of tables that the limit on memory was not asked for yet
	numbers   map[*backend.NeutralTable]int // of tables, if there are many
	copies    int                           // index of a table with those tables under their numbers that are not on the stack; nil for none
}

type metTable struct {
	neutral *backend.NeutralTable
	index   int // on the stack, 0 if it is among the copies
}

var writers = sync.Pool{New: func() any { return new(writer) }}

func (w *writer) free() {
	if cap(w.tables) > keptFields {
		return
	}
	clear(w.tables)
	clear(w.numbers)
	*w = writer{tables: w.tables[:0], numbers: w.numbers}
	writers.Put(w)
}

// writerRoom is the number of stack slots that a writer needs beside the values.
const writerRoom = 8 + backend.HandleRoom

// push pushes a value; outside is set for one that is not in a table.
func (w *writer) push(v *backend.Value, outside bool) error {
	switch v.Kind {
	case backend.String:
		if n := len(v.Text()); n > w.maxString {
			return &TooLongError{n}
		}
	case backend.Table, backend.Userdata:
		return w.pushObject(v, outside)
	}
	w.vm.PushNeutral(*v)
	return nil
}

func (w *writer) pushObject(v *backend.Value, outside bool) error {
	if !w.roomy && !w.vm.CheckStack(writerRoom) {
		return ErrNoRoom
	}
	w.roomy = true
	if v.Kind == backend.Userdata {
		return w.pushHandle(v.Handle())
	}
	w.table(v.Table(), outside)
	return nil
}

// pushHandle pushes a handle. What it pushes may be beyond a limit of the VM, and there need not be a running function to
// which the memory error could go.
func (w *writer) pushHandle(h backend.Handle) (err error) {
	defer func() {
		if raised := recover(); raised == backend.ErrOutOfMemory {
			err = backend.ErrOutOfMemory
		} else if raised != nil {
			panic(raised)
		}
	}()
	h.PushTo(w.vm)
	return nil
}

// table pushes a table, whose fields may still have to be set.
func (w *writer) table(neutral *backend.NeutralTable, outside bool) {
	if n, ok := w.number(neutral); ok {
		w.pushTable(n)
		return
	}
	n := len(w.tables)
	w.vm.CreateTable(sizes(neutral))
	t := metTable{neutral: neutral}
	if outside {
		t.index = w.vm.GetTop()
	} else {
		ensureTable(w.vm, w.copies)
		w.vm.PushValue(w.vm.GetTop())
		w.vm.RawSetI(w.copies, n+1)
	}
	w.tables = append(w.tables, t)
	if n == fewTables {
		if w.numbers == nil {
			w.numbers = map[*backend.NeutralTable]int{}
		}
		for i := range w.tables {
			w.numbers[w.tables[i].neutral] = i
		}
	} else if n > fewTables {
		w.numbers[neutral] = n
	}
}

// sizes returns how many fields of a table are elements of a list, and how many are not.
func sizes(t *backend.NeutralTable) (elements, others int) {
	fields := t.Fields()
	for i := range fields {
		key := &fields[i].Key
		if key.Kind == backend.Number && key.Number() >= 1 && key.Number() <= float64(len(fields)) {
			elements++
		}
	}
	return elements, len(fields) - elements
}

func (w *writer) number(neutral *backend.NeutralTable) (n int, ok bool) {
	if len(w.tables) > fewTables {
		n, ok = w.numbers[neutral]
		return n, ok
	}
	for i := range w.tables {
		if w.tables[i].neutral == neutral {
			return i, true
		}
	}
	return 0, false
}

// pushTable pushes a table by its number.
func (w *writer) pushTable(n int) {
	if index := w.tables[n].index; index != 0 {
		w.vm.PushValue(index)
		return
	}
	w.vm.RawGetI(w.copies, n+1)
}

// fill sets the fields of all tables.
func (w *writer) fill() error {
	w.vm.PushNil() // the place of the copies
	w.copies = w.vm.GetTop()
	for n := 0; n < len(w.tables); n++ {
		w.pushTable(n)
		into := w.vm.GetTop()
		fields := w.tables[n].neutral.Fields()
		if !w.reserve(tableBytes + fieldBytes*len(fields)) {
			return backend.ErrOutOfMemory
		}
		for i := range fields {
			if err := w.step(); err != nil {
				return err
			}
			if err := w.set(into, &fields[i]); err != nil {
				return err
			}
		}
		w.vm.SetTop(w.copies)
	}
	w.vm.SetTop(w.copies - 1)
	return nil
}

// What a table takes, about; VMs differ.
const (
	tableBytes = 128
	fieldBytes = 48
	askedBytes = 16 << 10 // for which the limit is asked
)

// reserve reports whether the VM may have n bytes more.
func (w *writer) reserve(n int) bool {
	if w.asked += n; w.asked < askedBytes {
		return true
	}
	n, w.asked = w.asked, 0
	return w.vm.Env().Budget.Reserve(n)
}

// set sets a field of the table at an index.
func (w *writer) set(into int, f *backend.Field) error {
	if w.simple(&f.Key) && w.simple(&f.Value) {
		w.vm.RawSetNeutral(into, f.Key, f.Value)
		return nil
	}
	if err := w.push(&f.Key, false); err != nil {
		return err
	}
	if err := w.push(&f.Value, false); err != nil {
		return err
	}
	w.vm.RawSet(into)
	return nil
}

// simple reports whether a value is a simple one that is not too long.
func (w *writer) simple(v *backend.Value) bool {
	switch v.Kind {
	case backend.Table, backend.Userdata:
		return false
	case backend.String:
		return len(v.Text()) <= w.maxString
	}
	return true
}
