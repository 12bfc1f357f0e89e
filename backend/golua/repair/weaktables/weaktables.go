// Package weaktables says what go-lua's values are like, for weak tables, which the VM does not have. Only package golua
// imports it.
//
// When the VM's collector, which is Go's, clears weak tables, the package can go.
package weaktables

import (
	"errors"
	"runtime"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/walk"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
	"github.com/mtstates/go-mtstates/backend/internal/weak"
)

// Repair is on when Tables may be used.
var Repair = repair.New("weaktables", "tables are not weak: __mode has no effect", probe)

func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	lua.OpenLibraries(l)
	l.SetTop(0)
	err := lua.DoString(l, `
		local keys, values = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "v"})
		kept = {} keys[kept] = {kept} values[1] = kept values.x = {} values[2] = function() return keys end
		for i = 1, 10 do keys[{}] = i keys[function() return i end] = {} values[i + 2] = {} end
		return keys, values`)
	if err != nil {
		return err
	}
	var t Tables
	t.Probe = true
	t.Add(l.ToValue(1))
	t.Add(l.ToValue(2))
	l.SetTop(lua.MinStack) // which overwrites what the program has left on the stack
	l.SetTop(2)
	if !t.Take(l) {
		return errors.New("weak tables have nothing weak")
	}
	runtime.GC()
	t.Put()
	err = lua.DoString(l, `return function(keys, values)
		local n = 0
		for k, v in pairs(keys) do n = n + 1 end
		return n == 1 and keys[kept][1] == kept and values[1] == kept and #values == 1 and getmetatable(keys).__mode == "k"
	end`)
	if err != nil {
		return err
	}
	l.Insert(1)
	l.Call(2, 1)
	if !l.ToBoolean(-1) {
		return errors.New("the wrong fields are cleared")
	}
	return nil
}

// Tables are the weak tables of a VM.
type Tables struct{ weak.Tables[any] }

// HasMode reports whether a value is a table with a metatable that has __mode.
func HasMode(v any) bool {
	t := layout.TableOf(v)
	return t != nil && t.MetaTable.Metamethod(layout.ModeEvent, "__mode") != nil
}

// Add notes a table whose metatable was set.
func (t *Tables) Add(table any) {
	if meta := layout.TableOf(table).MetaTable; meta != nil && t.Tables.Add(objects{}, table) {
		meta.Flags |= layout.WeakFlag
	}
}

// Take is weak.Tables.Take for the VM of l.
func (t *Tables) Take(l *lua.State) bool {
	if t.Hidden() {
		walk.Objects(l, walk.Visitor{Table: t.Add, Closure: forget})
	}
	return t.Tables.Take(objects{})
}

// forget makes the VM forget the closures that it has last made of the functions in a function. It would use them again.
func forget(c *layout.Closure) {
	for i := range c.Prototype.Prototypes {
		c.Prototype.Prototypes[i].Cache = nil
	}
}

// Put is weak.Tables.Put.
func (t *Tables) Put() { t.Tables.Put(objects{}) }

// Poll clears weak tables now and then. It is called whenever a script calls a Go function or makes a table weak.
func (t *Tables) Poll(l *lua.State) {
	if weak.Used() && Repair.On() && t.Tables.Due(objects{}) {
		t.Clear(objects{}, func() bool { return t.Take(l) }, t.Put)
	}
}

// objects are the VM's values.
type objects struct{}

// The kinds of objects.
const (
	table = iota + 1
	userdata
	closure
	goClosure
	goFunction
	thread
)

func kindOf(v any) uint8 {
	switch layout.KindOf(v) {
	case layout.TableKind:
		return table
	case layout.UserdataKind:
		return userdata
	case layout.ClosureKind:
		return closure
	case layout.GoClosureKind:
		return goClosure
	case layout.GoFunctionKind:
		return goFunction
	case layout.StateKind:
		return thread
	}
	return 0
}

// Ref returns a weak reference.
func (objects) Ref(v any) (r weak.Ref, ok bool) {
	kind := kindOf(v)
	if kind == 0 {
		return r, false
	}
	return weak.Make(layout.Pointer(v), kind), true
}

func (objects) Value(r weak.Ref) (v any, ok bool) {
	p := r.Pointer()
	if p == nil {
		return nil, false
	}
	kinds := [...]layout.Kind{table: layout.TableKind, userdata: layout.UserdataKind, closure: layout.ClosureKind,
		goClosure: layout.GoClosureKind, goFunction: layout.GoFunctionKind, thread: layout.StateKind}
	return layout.Value(kinds[r.Kind], p), true
}

func (objects) Mode(v any) string {
	meta := layout.TableOf(v).MetaTable
	if c := carrierOf(meta); c != nil {
		meta = meta.MetaTable
	}
	mode, _ := meta.Metamethod(layout.ModeEvent, "__mode").(string)
	return mode
}

func (objects) Len(v any) int {
	t := layout.TableOf(v)
	return len(t.Array) + len(t.Hash)
}

// Take takes weak fields out. The place of an entry is that in the array, from 1 on, 0 for the other fields, and negative
// for a key that the table keeps for traversals.
func (o objects) Take(v any, weakKeys, weakValues bool) (entries []weak.Entry[any]) {
	t := layout.TableOf(v)
	if weakValues {
		for i, value := range t.Array {
			if r, ok := o.Ref(value); ok {
				entries = weak.Append(entries, weak.Entry[any]{WeakValue: r, Place: i + 1})
				t.Array[i] = nil
			}
		}
	}
	for key, value := range t.Hash {
		e := weak.Entry[any]{Key: key, Value: value}
		if r, ok := o.Ref(key); ok && weakKeys {
			e.WeakKey, e.Key = r, nil
		}
		if r, ok := o.Ref(value); ok && weakValues {
			e.WeakValue, e.Value = r, nil
		}
		switch {
		case e.WeakKey != weak.Ref{}:
			delete(t.Hash, key)
		case e.WeakValue != weak.Ref{}:
			t.Hash[key] = true
		default:
			continue
		}
		entries = weak.Append(entries, e)
	}
	for i, key := range t.IterationKeys {
		if r, ok := o.Ref(key); ok && weakKeys {
			entries = weak.Append(entries, weak.Entry[any]{WeakKey: r, Place: -i - 1})
			t.IterationKeys[i] = nil
		}
	}
	return entries
}

func (objects) Put(v any, e *weak.Entry[any], key, value any, ok bool) {
	t := layout.TableOf(v)
	switch {
	case e.Place > 0:
		t.Array[e.Place-1] = value
	case e.Place < 0:
		t.IterationKeys[-e.Place-1] = key
	case ok:
		t.Hash[key] = value
	default:
		delete(t.Hash, key)
	}
}

func (objects) Compact(v any, taken int) {
	t := layout.TableOf(v)
	t.Hash = weak.Shrunk(t.Hash, taken)
}

type carrier = weak.Carrier[any]

// carrierOf returns the carrier that stands in the place of a metatable, nil when it is a metatable. It is in a table whose
// own metatable is the real one.
func carrierOf(meta *layout.Table) *carrier {
	if meta == nil || len(meta.Array) == 0 {
		return nil
	}
	c, _ := meta.Array[0].(*carrier)
	return c
}

// carried is the carrier of a thread.
type carried struct{ *carrier }

func (carried) Error() string { return "carrier" }

func (objects) Carrier(v any, create bool) *carrier {
	p := layout.Pointer(v)
	switch kindOf(v) {
	case table:
		return inMetatable(&(*layout.Table)(p).MetaTable, create)
	case userdata:
		return inMetatable(&(*layout.Userdata)(p).MetaTable, create)
	case closure:
		f := (*layout.Closure)(p)
		if n := len(f.UpValues); n > 0 {
			if c, ok := f.UpValues[n-1].Home.(*carrier); ok {
				return c
			}
		}
		c := &carrier{}
		f.UpValues = append(f.UpValues[:len(f.UpValues):len(f.UpValues)], &layout.Upvalue{Home: c})
		return c
	case goClosure:
		f := (*layout.GoClosure)(p)
		if n := len(f.UpValues); n > 0 {
			if c, ok := f.UpValues[n-1].(*carrier); ok {
				return c
			}
		}
		c := &carrier{}
		f.UpValues = append(f.UpValues[:len(f.UpValues):len(f.UpValues)], c)
		return c
	case goFunction:
		return nil // it has no field that could hold one
	}
	s := (*layout.State)(p)
	if s.Error == nil && create {
		s.Error = carried{&carrier{}}
	}
	if c, ok := s.Error.(carried); ok {
		return c.carrier
	}
	return nil
}

func inMetatable(meta **layout.Table, create bool) *carrier {
	c := carrierOf(*meta)
	if c == nil && create {
		c = &carrier{}
		*meta = &layout.Table{Array: []any{c}, MetaTable: *meta}
	}
	return c
}

func (objects) Release(v any) {
	p := layout.Pointer(v)
	switch kindOf(v) {
	case table:
		t := (*layout.Table)(p)
		t.MetaTable = t.MetaTable.MetaTable
	case userdata:
		u := (*layout.Userdata)(p)
		u.MetaTable = u.MetaTable.MetaTable
	case closure:
		f := (*layout.Closure)(p)
		f.UpValues = f.UpValues[: len(f.UpValues)-1 : len(f.UpValues)-1]
	case goClosure:
		f := (*layout.GoClosure)(p)
		f.UpValues = f.UpValues[: len(f.UpValues)-1 : len(f.UpValues)-1]
	default:
		(*layout.State)(p).Error = nil
	}
}
