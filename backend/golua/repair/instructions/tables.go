package instructions

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// maxChain is how many __index or __newindex values are followed, so that a loop of them ends.
const maxChain = 100

func getTable(e *engine, i code) (operation, code) {
	object, key := e.frame[i.B()], e.value(i.C())
	if t, ok := isTable(object); ok {
		if v := t.Get(key); v != nil || t.MetaTable == nil {
			return e.result(i.A(), v)
		}
	}
	return e.index(i, object, key)
}

func getTableUp(e *engine, i code) (operation, code) {
	object, key := e.closure.UpValues[i.B()].Get(), e.value(i.C())
	if t, ok := isTable(object); ok {
		if v := t.Get(key); v != nil || t.MetaTable == nil {
			return e.result(i.A(), v)
		}
	}
	return e.index(i, object, key)
}

func self(e *engine, i code) (operation, code) {
	object, key := e.frame[i.B()], e.value(i.C())
	e.frame[i.A()+1] = object
	if t, ok := isTable(object); ok {
		if v := t.Get(key); v != nil || t.MetaTable == nil {
			return e.result(i.A(), v)
		}
	}
	return e.index(i, object, key)
}

// index looks up what is not in the object itself, if that is a table.
func (e *engine) index(i code, object, key any) (operation, code) {
	for v, n := object, 0; n < maxChain; n++ {
		var next any
		if t, ok := isTable(v); ok {
			if n > 0 {
				if found := t.Get(key); found != nil {
					return e.result(i.A(), found)
				}
			}
			if next = t.MetaTable.Metamethod(layout.IndexEvent, "__index"); next == nil {
				return e.result(i.A(), nil)
			}
		} else if next = e.metamethod(v, "__index"); next == nil {
			return e.failIndex(i, v, n == 0)
		}
		if layout.IsFunction(next) {
			return e.call2(next, v, key)
		}
		v = next
	}
	VM.Raise(e.l.VM(), "loop in gettable")
	return nil, 0
}

func setTable(e *engine, i code) (operation, code) {
	object := e.frame[i.A()]
	if t, ok := isTable(object); ok && t.MetaTable == nil {
		if t.PutSparse(e.value(i.B()), e.value(i.C())) {
			return e.skip()
		}
		return e.leave(bytecode.OpSetTable, i)
	}
	return e.newIndex(i, object, bytecode.OpSetTable)
}

func setTableUp(e *engine, i code) (operation, code) {
	object := e.closure.UpValues[i.A()].Get()
	if t, ok := isTable(object); ok && t.MetaTable == nil {
		return e.leave(bytecode.OpSetTableUp, i)
	}
	return e.newIndex(i, object, bytecode.OpSetTableUp)
}

// newIndex stores what does not go straight into a table. own is the VM's instruction for an object that has no
// metamethod.
func (e *engine) newIndex(i code, object any, own bytecode.Opcode) (operation, code) {
	key, value := e.value(i.B()), e.value(i.C())
	for v, n := object, 0; n < maxChain; n++ {
		var next any
		if t, ok := isTable(v); ok {
			next = t.MetaTable.Metamethod(layout.NewIndexEvent, "__newindex")
			switch {
			case next == nil && n == 0:
				if t.MetaTable != nil && t.MetaTable.Flags&layout.WeakFlag != 0 {
					VM.StoreWeak(e.l.VM())
				}
				return e.leave(own, i)
			case next == nil:
				e.rawSet(v, key, value)
				return e.skip()
			case t.Get(key) != nil:
				if value == nil {
					t.Clear(key)
				} else {
					e.rawSet(v, key, value)
				}
				return e.skip()
			}
		} else if next = e.metamethod(v, "__newindex"); next == nil {
			return e.failIndex(i, v, n == 0)
		}
		if layout.IsFunction(next) {
			return e.call3(next, v, key, value)
		}
		v = next
	}
	VM.Raise(e.l.VM(), "loop in settable")
	return nil, 0
}

func (e *engine) rawSet(table, key, value any) {
	l := e.l.VM()
	e.push(table)
	e.push(key)
	e.push(value)
	l.RawSet(-3)
	l.Pop(1)
}
