package toy

import (
	"hash/maphash"
	"reflect"

	"github.com/mtstates/go-mtstates/backend"

	lua "example.com/outside/toylua"
)

func typeOf(l *lua.State, index int) backend.Type {
	switch l.Get(index).(type) {
	case bool:
		return backend.Boolean
	case float64:
		return backend.Number
	case string:
		return backend.String
	case lua.Light:
		return backend.LightUserdataType
	case *lua.Table:
		return backend.Table
	case *lua.Function:
		return backend.FunctionType
	case *lua.Userdata:
		return backend.Userdata
	}
	if l.IsNone(index) {
		return backend.None
	}
	return backend.Nil
}

func toNumber(l *lua.State, index int) (float64, bool) {
	switch v := l.Get(index).(type) {
	case float64:
		return v, true
	case string:
		return backend.ParseNumber(v)
	}
	return 0, false
}

func toString(l *lua.State, index int) (string, bool) {
	switch v := l.Get(index).(type) {
	case string:
		return v, true
	case float64:
		return backend.FormatNumber(v), true
	}
	return "", false
}

func toUserdata(l *lua.State, index int) any {
	if u, ok := l.Get(index).(*lua.Userdata); ok {
		return u.Value
	}
	return nil
}

var lightSeed = maphash.MakeSeed()

func toPointer(l *lua.State, index int) uintptr {
	switch v := l.Get(index).(type) {
	case *lua.Table, *lua.Function, *lua.Userdata:
		return reflect.ValueOf(v).Pointer()
	case lua.Light:
		if p := reflect.ValueOf(v.Pointer); p.Kind() == reflect.Pointer {
			return p.Pointer()
		}
		return uintptr(maphash.Comparable(lightSeed, v))
	}
	return 0
}

func rawLen(l *lua.State, index int) int {
	complete(l, index)
	switch v := l.Get(index).(type) {
	case string:
		return len(v)
	case *lua.Table:
		return v.Len()
	}
	return 0
}

func toNeutral(l *lua.State, index int) (backend.Value, bool) {
	switch v := l.Get(index).(type) {
	case nil:
		return backend.NilValue(), !l.IsNone(index)
	case bool:
		return backend.BooleanValue(v), true
	case float64:
		return backend.NumberValue(v), true
	case string:
		return backend.StringValue(v), true
	case lua.Light:
		return backend.LightValue(backend.LightUserdata(v)), true
	}
	return backend.Value{}, false
}

func pushNeutral(l *lua.State, v backend.Value) {
	switch v.Kind {
	case backend.Boolean:
		l.Push(v.Boolean())
	case backend.Number:
		l.Push(v.Number())
	case backend.String:
		l.Push(v.Text())
	case backend.LightUserdataType:
		l.Push(lua.Light(v.Light()))
	default:
		l.Push(nil)
	}
}

// transfer pushes the VM's values as they are when both VMs are of this backend.
func transfer(l *lua.State, dst backend.VM, from, to int) int {
	other, ok := dst.(state)
	if !ok {
		return backend.TransferNeutral(state{l}, dst, from, to)
	}
	if to >= from && !other.l.CheckStack(to-from+1) {
		return backend.NoRoom
	}
	top := other.l.GetTop()
	for i := from; i <= to; i++ {
		v := l.Get(i)
		s, _ := v.(string)
		switch v.(type) {
		case nil, bool, float64, string, lua.Light:
			if !backend.TooLong(dst, len(s)) {
				other.l.Push(v)
				continue
			}
		}
		other.l.SetTop(top)
		return i
	}
	return 0
}

func pushUserdata(l *lua.State, value any, typeName string) {
	u := &lua.Userdata{Value: value}
	if meta, ok := l.Registry.Get(typeName).(*lua.Table); ok {
		l.SetMetatable(u, meta)
	}
	l.Push(u)
}

func rawEach(l *lua.State, index int, visit backend.Visit) {
	backend.EachByNext(state{l}, index, visit)
}

func rawSetNeutral(l *lua.State, index int, key, value backend.Value) {
	if index < 0 {
		index += l.GetTop() + 1
	}
	pushNeutral(l, key)
	pushNeutral(l, value)
	state{l}.RawSet(index)
}
