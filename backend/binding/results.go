package binding

import "github.com/mtstates/go-mtstates/backend"

// Result is a result of a call.
type Result struct {
	kind   backend.Type
	number float64
	text   string // also the name of the object's type
	object any
}

// String returns a string as result.
func String(text string) Result { return Result{kind: backend.String, text: text} }

// Number returns a number as result.
func Number(n float64) Result { return Result{kind: backend.Number, number: n} }

// Integer returns an integer as result.
func Integer(n int64) Result { return Result{kind: backend.Number, number: float64(n)} }

// Boolean returns a boolean as result.
func Boolean(b bool) Result {
	if b {
		return Result{kind: backend.Boolean, number: 1}
	}
	return Result{kind: backend.Boolean}
}

// Userdata returns an object of a class as result.
func Userdata(object any, typeName string) Result {
	return Result{kind: backend.Userdata, object: object, text: typeName}
}

// Ref is the Go value of an object whose class is a Go interface. It is a separate type for each interface, so a class
// does not accept objects of another one that has the same methods.
type Ref[T any] struct{ Object T }

func (r Ref[T]) unwrap() any { return r.Object }

// NotNil returns value as present unless it is nil.
func NotNil[T comparable](value T) Optional[T] {
	var null T
	return Optional[T]{value, value != null}
}

// Maybe returns the result for a value that is present, and no result for one that is absent.
func Maybe[T any](o Optional[T], result func(T) Result) Result {
	if o.Present {
		return result(o.Value)
	}
	return Result{kind: backend.None}
}

// OrNil returns the result for a value that is present, and nil for one that is absent.
func OrNil[T any](o Optional[T], result func(T) Result) Result {
	if o.Present {
		return result(o.Value)
	}
	return Result{kind: backend.Nil}
}

// Return pushes the results and returns their number. If err is not nil, it pushes nothing and returns err.
func (c Call) Return(err error, results ...Result) (int, error) {
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range results {
		if results[i].push(c.VM) {
			n++
		}
	}
	return n, nil
}

// SetField stores a value under name in the table on the top; an absent result is not stored.
func SetField(vm backend.VM, name string, value Result) {
	if value.push(vm) {
		vm.RawSetField(-2, name)
	}
}

// push pushes the result; it returns false for one that is absent.
func (r *Result) push(vm backend.VM) bool {
	switch r.kind {
	case backend.Nil:
		vm.PushNil()
	case backend.Boolean:
		vm.PushBoolean(r.number != 0)
	case backend.Number:
		vm.PushNumber(r.number)
	case backend.String:
		vm.PushString(r.text)
	case backend.Userdata:
		vm.PushUserdata(r.object, r.text)
	default:
		return false
	}
	return true
}
