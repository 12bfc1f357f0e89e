package golua

import (
	"math"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The tables of globals, of the libraries, package.loaded and package.preload start empty and get each field when a
// script first asks for it. They have a metatable, lazyMetatable, for that. Functions that would show it, or that the
// table is not full, fill the table first and take the metatable away; so no script sees any of this.

// kind says what a lazy table is filled with.
type kind uint8

const (
	globalsTable kind = iota
	loadedTable
	preloadTable
	bit32Library
	debugLibrary
	ioLibrary
	mathLibrary
	osLibrary
	packageLibrary
	stringLibrary
	tableLibrary
	kinds
)

var libraryKinds = map[string]kind{
	"bit32": bit32Library, "debug": debugLibrary, "io": ioLibrary, "math": mathLibrary, "os": osLibrary,
	"package": packageLibrary, "string": stringLibrary, "table": tableLibrary,
}

// kindSet is a set of kinds.
type kindSet uint16

func (set kindSet) has(k kind) bool { return set&(1<<k) != 0 }

// libraries is which libraries a state has, and the tables that have been made so far.
type libraries struct {
	open      kindSet // globals from the start
	preloaded kindSet // found by require
	loaders   []loader
	tables    [kinds]any // as the VM has them; nil before they are asked for
	// numberMetatable is the one that a script has given to numbers, nil for none.
	numberMetatable any
}

// loader is a module that the host has registered.
type loader struct {
	name string
	open backend.Function
}

func newLibraries(o backend.Options) libraries {
	libs := libraries{open: 1 << packageLibrary}
	for _, name := range o.Open {
		libs.open |= 1 << libraryKinds[name]
	}
	for _, name := range o.Preload {
		libs.preloaded |= 1 << libraryKinds[name]
	}
	return libs
}

// kindOf returns what the lazy table t is.
func (libs *libraries) kindOf(t any) kind {
	for k, known := range libs.tables {
		if known == t {
			return kind(k)
		}
	}
	return kinds
}

// pushTable pushes a table of the state, which is made when it is asked for.
func (d *vmdata) pushTable(l *lua.State, k kind) {
	if t := d.tables[k]; t != nil {
		l.PushLightUserData(t)
		return
	}
	switch k {
	case ioLibrary:
		pushIO(l)
	case packageLibrary:
		pushPackage(l, d)
	default:
		l.NewTable()
		l.PushLightUserData(lazyMetatable)
		l.SetMetaTable(-2)
	}
	d.tables[k] = l.ToValue(-1)
}

// pushField pushes what a lazy table has under name; ok is false, and nothing is pushed, for what is not standard.
func (d *vmdata) pushField(l *lua.State, k kind, name string) (ok bool) {
	switch k {
	case globalsTable:
		return d.pushGlobal(l, name)
	case loadedTable:
		return d.pushLoaded(l, name)
	case preloadTable:
		return d.pushLoader(l, name)
	}
	v, ok := stock.libraries[k].values[name]
	if ok {
		l.PushLightUserData(v)
	}
	return ok
}

func (d *vmdata) pushGlobal(l *lua.State, name string) (ok bool) {
	if v, ok := stock.libraries[globalsTable].values[name]; ok {
		if d.env.NoFiles && (name == "dofile" || name == "loadfile") {
			return false
		}
		l.PushLightUserData(v)
		return true
	}
	return d.pushLoaded(l, name)
}

// pushLoaded pushes a library that is a global from the start, or the table of globals itself.
func (d *vmdata) pushLoaded(l *lua.State, name string) (ok bool) {
	if name == "_G" {
		l.PushGlobalTable()
		return true
	}
	k, ok := libraryKinds[name]
	if !ok || !d.open.has(k) {
		return false
	}
	d.pushTable(l, k)
	return true
}

func (d *vmdata) pushLoader(l *lua.State, name string) (ok bool) {
	for i := len(d.loaders) - 1; i >= 0; i-- { // the last one registered counts
		if d.loaders[i].name == name {
			pushFunction(l, d.loaders[i].open)
			return true
		}
	}
	if k, ok := libraryKinds[name]; ok && d.preloaded.has(k) {
		l.PushLightUserData(stock.loaders[k])
		return true
	}
	return false
}

// isStandard tells whether a lazy table of a kind has a field from the start.
func (d *vmdata) isStandard(l *lua.State, k kind, name string) bool {
	ok := d.pushField(l, k, name)
	if ok {
		l.Pop(1)
	}
	return ok
}

// names calls yield with the name of each field that a lazy table has from the start.
func (d *vmdata) names(k kind, yield func(name string)) {
	switch k {
	case globalsTable:
		for _, name := range stock.libraries[k].names {
			yield(name)
		}
		yield("_G")
		d.openNames(yield)
	case loadedTable:
		yield("_G")
		d.openNames(yield)
	case preloadTable:
		for name, k := range libraryKinds {
			if d.preloaded.has(k) {
				yield(name)
			}
		}
		for _, m := range d.loaders {
			yield(m.name)
		}
	default:
		for _, name := range stock.libraries[k].names {
			yield(name)
		}
	}
}

func (d *vmdata) openNames(yield func(name string)) {
	for name, k := range libraryKinds {
		if d.open.has(k) {
			yield(name)
		}
	}
}

// isLazy tells whether the value at index is a table that is not full.
func isLazy(l *lua.State, index int) bool {
	if !l.MetaTable(index) {
		return false
	}
	lazy := l.ToValue(-1) == lazyMetatable
	l.Pop(1)
	return lazy
}

// complete fills a lazy table at index, and makes it an ordinary one; others stay as they are.
func complete(l *lua.State, index int) {
	if !isLazy(l, index) {
		return
	}
	l.CheckStack(lua.MinStack)
	index = l.AbsIndex(index)
	d := dataOf(l)
	k := d.kindOf(l.ToValue(index))
	l.PushNil()
	l.SetMetaTable(index)
	d.names(k, func(name string) {
		l.PushString(name)
		l.RawGet(index)
		missing := l.IsNil(-1)
		l.Pop(1)
		if !missing {
			return
		}
		l.PushString(name)
		if d.pushField(l, k, name) {
			l.RawSet(index)
		} else {
			l.Pop(1)
		}
	})
}

// lazyIndex is __index of lazy tables. The argument is the lazy table also when a script's table inherits from it.
func lazyIndex(l *lua.State) int {
	name, ok := l.ToValue(2).(string)
	if ok && fillField(l, 1, name) {
		return 1
	}
	l.PushNil()
	return 1
}

// fillField gives the lazy table at index the standard field name and pushes it; ok is false when there is none.
func fillField(l *lua.State, index int, name string) (ok bool) {
	d := dataOf(l)
	if !d.pushField(l, d.kindOf(l.ToValue(index)), name) {
		return false
	}
	l.PushString(name)
	l.PushValue(-2)
	l.RawSet(index)
	return true
}

// lazyNewIndex is __newindex of lazy tables. A standard field that a script sets must not come back when it is cleared.
func lazyNewIndex(l *lua.State) int {
	l.SetTop(3)
	key := l.ToValue(2)
	if n, ok := key.(float64); ok && math.IsNaN(n) {
		return raiseText(l, "table index is NaN")
	}
	if l.IsNil(2) {
		return raiseText(l, "table index is nil")
	}
	completeBefore(l, 1, key)
	l.RawSet(1)
	return 0
}

// completeBefore fills the lazy table at index before a field of it is set, when the field is standard.
func completeBefore(l *lua.State, index int, key any) {
	d := dataOf(l)
	if name, ok := key.(string); ok && d.isStandard(l, d.kindOf(l.ToValue(index)), name) {
		complete(l, index)
	}
}

// lazyLength and lazyEqual do what the VM does without them. They are in the metatable because the VM writes into a
// metatable that lacks them, and the metatable is that of all states.
func lazyLength(l *lua.State) int {
	l.PushNumber(float64(l.RawLength(1)))
	return 1
}

func lazyEqual(l *lua.State) int {
	l.PushBoolean(l.RawEqual(1, 2))
	return 1
}
