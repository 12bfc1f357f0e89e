package mtstates

import (
	"fmt"
	"math"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// maxInteger is the bound up to which Lua numbers represent every integer.
const maxInteger = 1 << 53

// fewValues is how many arguments a call usually has at most. There is room for them on the Go stack.
const fewValues = 3

// appendValues converts Go values for Lua and appends them; function is the name in the error.
func appendValues(values []backend.Value, args []any, function string) ([]backend.Value, error) {
	for i, arg := range args {
		v, err := toValue(arg)
		if err != nil {
			return nil, &ArgumentError{i + 1, function, err.Error()}
		}
		values = append(values, v)
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
		return number(v.Number())
	case backend.String:
		return v.Text()
	case backend.LightUserdataType:
		return v.Light()
	case backend.Table:
		return (*Table)(v.Table())
	case backend.Userdata:
		h := v.Handle()
		if p, ok := h.(interface{ Pin() }); ok {
			p.Pin() // what it stands for has the Go collector from now on
		}
		return h.Object()
	}
	return nil
}

// smallNumbers are results that many calls have, such as counts, made once.
var smallNumbers = sync.OnceValue(func() *[maxSmall]any {
	var numbers [maxSmall]any
	for i := range numbers {
		numbers[i] = float64(i)
	}
	return &numbers
})

const maxSmall = 1024

// number returns n in an interface.
func number(n float64) any {
	if i := int(n); uint(i) < maxSmall && math.Float64bits(float64(i)) == math.Float64bits(n) { // not for -0
		return smallNumbers()[i]
	}
	return n
}

// results returns the values on the stack from index first to the top, results of origin, for Go.
func (st *State) results(first int, origin string) (Results, error) {
	n := st.vm.GetTop() - first + 1
	if n == 1 {
		if v, simple := st.vm.ToNeutral(first); simple && v.Kind != backend.String {
			return st.one(fromValue(v)), nil
		}
	}
	results := make(Results, n)
	for i := range results {
		v, simple := st.vm.ToNeutral(first + i)
		if !simple {
			if err := st.readResults(results, first, origin); err != nil {
				return nil, err
			}
			return results, nil
		}
		results[i] = fromValue(v)
	}
	return results, nil
}

// someResults is how many results are allocated together.
const someResults = 16

// one returns a single result, which is small: those that are allocated together keep each other alive.
func (st *State) one(result any) Results {
	if len(st.spare) == 0 {
		st.spare = make(Results, someResults)
	}
	results := st.spare[:1:1]
	st.spare = st.spare[1:]
	results[0] = result
	return results
}

// readResults is results for values of which some are not simple.
func (st *State) readResults(results Results, first int, origin string) error {
	list, err := crossing.Read(st.vm, first, st.vm.GetTop(), make([]backend.Value, 0, len(results)), st.interrupt)
	if err != nil {
		return st.resultFault(nil, err, origin, st.callback)
	}
	for i := range list {
		results[i] = fromValue(list[i])
	}
	return nil
}
