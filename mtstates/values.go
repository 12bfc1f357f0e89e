package mtstates

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// maxInteger is the bound up to which Lua numbers represent every integer.
const maxInteger = 1 << 53

// toValues converts Go values for Lua; function is the name in the error.
func toValues(args []any, function string) ([]backend.Value, error) {
	values := make([]backend.Value, len(args))
	for i, arg := range args {
		v, err := toValue(arg)
		if err != nil {
			return nil, &ArgumentError{i + 1, function, err.Error()}
		}
		values[i] = v
	}
	return values, nil
}

// toValue converts a Go value into the form that crosses between states. [State.Call] describes which values can be
// converted; it returns an error for any other value.
func toValue(value any) (backend.Value, error) {
	switch v := value.(type) {
	case nil:
		return backend.NilValue(), nil
	case bool:
		return backend.BooleanValue(v), nil
	case float64:
		return backend.NumberValue(v), nil
	case int:
		return integerValue(int64(v))
	case int64:
		return integerValue(v)
	case string:
		return backend.StringValue(v), nil
	}
	return encode(value, "?")
}

func integerValue(n int64) (backend.Value, error) {
	if n > maxInteger || n < -maxInteger {
		return backend.Value{}, fmt.Errorf("integer %d is beyond 2^53", n)
	}
	return backend.NumberValue(float64(n)), nil
}

// fromValue converts a value back into nil, bool, float64, string, backend.LightUserdata, a *Table, or the object of a
// handle, such as a *State.
func fromValue(v backend.Value) any {
	switch v.Kind {
	case backend.Boolean:
		return v.Boolean()
	case backend.Number:
		return v.Number()
	case backend.String:
		return v.Text()
	case backend.LightUserdataType:
		return v.Light()
	case backend.Table:
		return (*Table)(v.Table())
	case backend.Userdata:
		return v.Handle().Object()
	}
	return nil
}

// results returns the values on the stack from index first to the top, results of origin, for Go.
func (st *State) results(first int, origin string) (Results, error) {
	last := st.vm.GetTop()
	list, err := crossing.Read(st.vm, first, last, make([]backend.Value, 0, last-first+1), st.interrupt)
	if err != nil {
		return nil, st.resultFault(nil, err, origin, st.callback)
	}
	results := make(Results, len(list))
	for i := range list {
		results[i] = fromValue(list[i])
	}
	return results, nil
}
