// Package weaktables says what gopher-lua's values are like, for weak tables, which the VM does not have. Only package
// gopherlua imports it.
//
// When the VM's collector, which is Go's, clears weak tables, the package can go.
package weaktables

import (
	"errors"
	"runtime"
	"slices"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/walk"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
	"github.com/mtstates/go-mtstates/backend/internal/weak"
)

// Repair is on when Tables may be used.
var Repair = repair.New("weaktables", "tables are not weak: __mode has no effect", probe)

func probe() error {
	if err := errors.Join(layout.CheckState(), layout.CheckTable()); err != nil {
		return err
	}
	l := lua.NewState()
	defer l.Close()
	err := l.DoString(`
		local keys, values = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "v"})
		kept = {} keys[kept] = {kept} values[1] = kept values.x = {} values[2] = function() return keys end
		for i = 1, 10 do keys[{}] = i keys[function() return i end] = {} values[i + 2] = {} end
		return keys, values`)
	if err != nil {
		return err
	}
	var t Tables
	t.Probe = true
	t.Add(l.Get(1).(*lua.LTable))
	t.Add(l.Get(2).(*lua.LTable))
	check, err := l.LoadString(`
		local keys, values = ...
		local n = 0
		for k, v in pairs(keys) do n = n + 1 end
		return n == 1 and keys[kept][1] == kept and values[1] == kept and #values == 1 and getmetatable(keys).__mode == "k"`)
	if err != nil {
		return err
	}
	var dead deadkeys.Keys
	for range 2 { // the second time the program that made the tables has left nothing on the stack
		if !t.Take(l) {
			return errors.New("weak tables have nothing weak")
		}
		runtime.GC()
		t.Put(&dead)
		l.Push(check)
		l.Push(l.Get(1))
		l.Push(l.Get(2))
		l.Call(2, 1)
		good := lua.LVAsBool(l.Get(-1))
		if l.Pop(1); good {
			return nil
		}
	}
	return errors.New("the wrong fields are cleared")
}

// Tables are the weak tables of a VM.
type Tables struct{ weak.Tables[lua.LValue] }

// Add notes a table whose metatable was set.
func (t *Tables) Add(table *lua.LTable) { t.Tables.Add(objects{}, table) }

// Take is weak.Tables.Take for the VM of l.
func (t *Tables) Take(l *lua.LState) bool {
	if t.Hidden() {
		walk.Tables(l, t.Add)
	}
	return t.Tables.Take(objects{})
}

// Put is weak.Tables.Put. dead are the keys of the VM for which lists stay as they are.
func (t *Tables) Put(dead *deadkeys.Keys) { t.Tables.Put(objects{dead}) }

// Poll clears weak tables now and then. It is called whenever a script calls a Go function or makes a table weak.
func (t *Tables) Poll(l *lua.LState, dead *deadkeys.Keys) {
	if weak.Used() && Repair.On() && t.Tables.Due(objects{}) {
		t.Clear(objects{}, func() bool { return t.Take(l) }, func() { t.Put(dead) })
	}
}

// objects are the VM's values.
type objects struct{ dead *deadkeys.Keys }

// The kinds of objects.
const (
	table = iota + 1
	userdata
	function
	thread
)

// Ref returns a weak reference. Light userdata is a value.
func (objects) Ref(v lua.LValue) (r weak.Ref, ok bool) {
	switch v := v.(type) {
	case *lua.LTable:
		return weak.Make(unsafe.Pointer(v), table), true
	case *lua.LUserData:
		if _, light := v.Value.(backend.LightUserdata); !light {
			return weak.Make(unsafe.Pointer(v), userdata), true
		}
	case *lua.LFunction:
		return weak.Make(unsafe.Pointer(v), function), true
	case *lua.LState:
		return weak.Make(unsafe.Pointer(v), thread), true
	}
	return r, false
}

func (objects) Value(r weak.Ref) (v lua.LValue, ok bool) {
	p := r.Pointer()
	if p == nil {
		return nil, false
	}
	switch r.Kind {
	case table:
		return (*lua.LTable)(p), true
	case userdata:
		return (*lua.LUserData)(p), true
	case function:
		return (*lua.LFunction)(p), true
	}
	return (*lua.LState)(p), true
}

func (objects) Mode(v lua.LValue) string {
	meta := v.(*lua.LTable).Metatable
	if c, ok := meta.(*carrier); ok {
		meta = c.original
	}
	if mt, ok := meta.(*lua.LTable); ok {
		mode, _ := mt.RawGetString("__mode").(lua.LString)
		return string(mode)
	}
	return ""
}

func (objects) Len(v lua.LValue) int {
	t := layout.TableOf(v.(*lua.LTable))
	return len(t.Array) + len(t.Dict) + len(t.StrDict)
}

// Take takes weak fields out. The place of an entry is that in the array, from 1 on, or the negative one among the keys that
// the table keeps for traversals.
func (o objects) Take(v lua.LValue, weakKeys, weakValues bool) (entries []weak.Entry[lua.LValue]) {
	t := layout.TableOf(v.(*lua.LTable))
	if weakValues {
		for i, value := range t.Array {
			if r, ok := o.Ref(value); ok {
				entries = weak.Append(entries, weak.Entry[lua.LValue]{WeakValue: r, Place: i + 1})
				t.Array[i] = lua.LNil
			}
		}
	}
	for i, key := range t.Keys {
		value, isText := valueOf(t, key)
		e := weak.Entry[lua.LValue]{Key: key, Value: value, Place: -i - 1}
		if r, ok := o.Ref(key); ok && weakKeys {
			e.WeakKey, e.Key = r, nil
		}
		if r, ok := o.Ref(value); ok && weakValues {
			e.WeakValue, e.Value = r, nil
		}
		switch {
		case e.WeakKey != weak.Ref{}:
			t.Keys[i] = lua.LNil // which has no field, so that traversals pass over it
			delete(t.K2I, key)
			delete(t.Dict, key)
		case e.WeakValue == weak.Ref{}:
			continue
		case isText:
			t.StrDict[string(key.(lua.LString))] = lua.LTrue
		default:
			t.Dict[key] = lua.LTrue
		}
		entries = weak.Append(entries, e)
	}
	return entries
}

// valueOf returns the value of a key, nil when it was cleared, and whether the key is a string.
func valueOf(t *layout.Table, key lua.LValue) (value lua.LValue, isText bool) {
	if text, ok := key.(lua.LString); ok {
		return t.StrDict[string(text)], true
	}
	return t.Dict[key], false
}

func (objects) Put(v lua.LValue, e *weak.Entry[lua.LValue], key, value lua.LValue, ok bool) {
	t := layout.TableOf(v.(*lua.LTable))
	if e.Place > 0 {
		if ok {
			t.Array[e.Place-1] = value
		}
		return
	}
	if e.WeakKey != (weak.Ref{}) {
		t.Keys[-e.Place-1] = key
		t.K2I[key] = -e.Place - 1
	}
	text, isText := key.(lua.LString)
	switch alive := ok && value != nil; {
	case isText && alive:
		t.StrDict[string(text)] = value
	case isText:
		delete(t.StrDict, string(text))
	case alive:
		t.Dict[key] = value
	default:
		delete(t.Dict, key)
	}
}

// Compact makes maps smaller, and the list of keys shorter when more than half of them are gone, unless a traversal may be at
// one.
func (o objects) Compact(v lua.LValue, taken int) {
	table := v.(*lua.LTable)
	t := layout.TableOf(table)
	t.Dict, t.K2I = weak.Shrunk(t.Dict, taken), weak.Shrunk(t.K2I, taken)
	const small = 32
	if n := len(t.Keys) - len(t.Dict) - len(t.StrDict); n <= small || n < len(t.Keys)/2 || o.dead.Has(table) {
		return
	}
	t.Keys = slices.Clone(slices.DeleteFunc(t.Keys, func(key lua.LValue) bool { return key == lua.LNil }))
	for i, key := range t.Keys {
		t.K2I[key] = i
	}
}

// carrier stands in the place of a metatable. An object without one of its own has it in its environment.
type carrier struct {
	weak.Carrier[lua.LValue]
	original    lua.LValue
	environment *lua.LTable
}

func (*carrier) String() string       { return "carrier" }
func (*carrier) Type() lua.LValueType { return lua.LTUserData }

func (objects) Carrier(v lua.LValue, create bool) *weak.Carrier[lua.LValue] {
	switch v := v.(type) {
	case *lua.LTable:
		return inMetatable(&v.Metatable, create)
	case *lua.LUserData:
		return inMetatable(&v.Metatable, create)
	case *lua.LFunction:
		return inEnvironment(&v.Env, create)
	}
	return inEnvironment(&v.(*lua.LState).Env, create)
}

func inMetatable(meta *lua.LValue, create bool) *weak.Carrier[lua.LValue] {
	c, ok := (*meta).(*carrier)
	if !ok && create {
		c = &carrier{original: *meta}
		*meta = c
	}
	if c == nil {
		return nil
	}
	return &c.Carrier
}

func inEnvironment(env **lua.LTable, create bool) *weak.Carrier[lua.LValue] {
	if c := environmentCarrier(*env); c != nil {
		return &c.Carrier
	}
	if !create {
		return nil
	}
	c := &carrier{original: lua.LNil, environment: *env}
	*env = &lua.LTable{Metatable: c}
	return &c.Carrier
}

// environmentCarrier returns the carrier for which a table stands in the place of an environment, nil for an environment.
// That may have a carrier of its own, as a table.
func environmentCarrier(env *lua.LTable) *carrier {
	if env == nil {
		return nil
	}
	if c, ok := env.Metatable.(*carrier); ok && c.environment != nil {
		return c
	}
	return nil
}

func (objects) Release(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		v.Metatable = v.Metatable.(*carrier).original
	case *lua.LUserData:
		v.Metatable = v.Metatable.(*carrier).original
	case *lua.LFunction:
		v.Env = environmentCarrier(v.Env).environment
	case *lua.LState:
		v.Env = environmentCarrier(v.Env).environment
	}
}
