package mtstates

import (
	"fmt"
	"reflect"

	"github.com/mtstates/go-mtstates/backend"
)

// maxInteger is the bound up to which Lua numbers represent every integer.
const maxInteger = 1 << 53

// toValues converts Go values for Lua; function is the name in the error.
func toValues(args []any, function string) ([]backend.Value, error) {
	values := make([]backend.Value, len(args))
	for i, arg := range args {
		v, err := ToValue(arg)
		if err != nil {
			return nil, &ArgumentError{i + 1, function, err.Error()}
		}
		values[i] = v
	}
	return values, nil
}

// ToValue converts nil, bool, float64, int and int64 (up to 2^53), string, and backend.LightUserdata of a comparable
// value into the form that crosses between states. It returns an error for any other value.
func ToValue(value any) (backend.Value, error) {
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
	case backend.LightUserdata:
		if v.Pointer != nil && !reflect.ValueOf(v.Pointer).Comparable() {
			return backend.Value{}, fmt.Errorf("light userdata of type %T is not comparable", v.Pointer)
		}
		return backend.LightValue(v), nil
	}
	return backend.Value{}, fmt.Errorf("type '%T' not supported", value)
}

func integerValue(n int64) (backend.Value, error) {
	if n > maxInteger || n < -maxInteger {
		return backend.Value{}, fmt.Errorf("integer %d is beyond 2^53", n)
	}
	return backend.NumberValue(float64(n)), nil
}

// FromValue converts a value back into nil, bool, float64, string or backend.LightUserdata.
func FromValue(v backend.Value) any {
	switch v.Kind {
	case backend.Boolean:
		return v.Boolean()
	case backend.Number:
		return v.Number()
	case backend.String:
		return v.Text()
	case backend.LightUserdataType:
		return v.Light()
	}
	return nil
}

// fromStack converts the values on a VM's stack from index first to the top. In the error, origin is the subject, and
// number is the position of the first value among all results.
func fromStack(vm backend.VM, first int, origin string, number int) (Results, error) {
	last := vm.GetTop()
	results := make(Results, 0, last-first+1)
	for i := first; i <= last; i++ {
		v, ok := vm.ToNeutral(i)
		if !ok {
			return nil, badResult(origin, i-first+number, vm.Type(i))
		}
		results = append(results, FromValue(v))
	}
	return results, nil
}
