package mtstates

import (
	"context"
	"fmt"
	"reflect"
	"runtime/debug"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// goFunction is a Go function in Lua, see [WithGo]. It crosses into states, never out of them.
type goFunction struct {
	function   reflect.Value
	name       string // in messages
	parameters []reflect.Type
	context    bool // the first parameter, which is not one of parameters
	variadic   bool // the type of the last of parameters is that of one argument
	fails      bool // the last result is an error
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

func newGoFunction(function reflect.Value, name string) (*goFunction, error) {
	t := function.Type()
	f := &goFunction{function: function, name: name, variadic: t.IsVariadic()}
	for i := range t.NumIn() {
		switch p := t.In(i); {
		case i == 0 && p == contextType:
			f.context = true
		case !crosses(p.Kind()) || p.Kind() == reflect.Func || p == contextType:
			return nil, fmt.Errorf("parameter %d of type '%s' not supported", i+1, p)
		case f.variadic && i == t.NumIn()-1:
			f.parameters = append(f.parameters, p.Elem())
		default:
			f.parameters = append(f.parameters, p)
		}
	}
	for i := range t.NumOut() {
		if r := t.Out(i); !crosses(r.Kind()) {
			return nil, fmt.Errorf("result %d of type '%s' not supported", i+1, r)
		}
	}
	f.fails = t.NumOut() > 0 && t.Out(t.NumOut()-1) == errorType
	return f, nil
}

// crosses reports whether there are values of a kind that can become Lua values.
func crosses(k reflect.Kind) bool {
	switch k {
	case reflect.Chan, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return false
	}
	return true
}

// PushTo pushes the function.
func (f *goFunction) PushTo(vm backend.VM) { vm.PushFunction(f.call) }

// Object returns the function itself.
func (f *goFunction) Object() any { return f.function.Interface() }

// call is the function as Lua calls it.
func (f *goFunction) call(vm backend.VM) int {
	args, err := f.arguments(vm)
	if err != nil {
		return raise(vm, err)
	}
	results, err := f.invoke(args)
	if err != nil {
		return raise(vm, err)
	}
	values := make([]backend.Value, len(results))
	for i, result := range results {
		if values[i], err = f.result(result); err != nil {
			return raise(vm, fmt.Errorf("bad result #%d of '%s' (%w)", i+1, f.name, err))
		}
	}
	if err := crossing.Push(vm, values, vm.Env().Interrupt); err != nil {
		return raise(vm, crossingError(vm, err, f.name, 1))
	}
	return len(values)
}

// arguments converts the values on the stack.
func (f *goFunction) arguments(vm backend.VM) ([]reflect.Value, error) {
	given := vm.GetTop()
	args := make([]reflect.Value, 0, max(given, len(f.parameters))+1)
	if f.context {
		args = append(args, reflect.ValueOf(vm.Env().Context()))
	}
	fixed := len(f.parameters)
	if f.variadic {
		fixed--
	}
	d := decoder{}
	for i := range fixed {
		arg, err := f.argument(&d, vm, i+1, f.parameters[i])
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	for i := fixed; f.variadic && i < given; i++ {
		arg, err := f.argument(&d, vm, i+1, f.parameters[fixed])
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	return args, nil
}

// argument converts the value at an index.
func (f *goFunction) argument(d *decoder, vm backend.VM, index int, to reflect.Type) (reflect.Value, error) {
	var v backend.Value
	switch kind := vm.Type(index); kind {
	case backend.None:
	case backend.Table, backend.Userdata:
		var room [1]backend.Value
		list, err := crossing.Read(vm, index, index, room[:0], vm.Env().Interrupt)
		if err != nil {
			return reflect.Value{}, crossingError(vm, err, f.name, 1)
		}
		v = list[0]
	default:
		v, _ = vm.ToNeutral(index)
		v.Kind = kind // also of a function, for the message
	}
	arg := reflect.New(to).Elem()
	var err error
	if panicked := caught(func() { err = d.decode(arg, v) }); panicked != nil {
		return reflect.Value{}, panicked
	}
	if err != nil {
		return reflect.Value{}, &ArgumentError{index, f.name, err.Error()}
	}
	return arg, nil
}

// result converts a result.
func (f *goFunction) result(result reflect.Value) (v backend.Value, err error) {
	if panicked := caught(func() { v, err = toValue(result.Interface()) }); panicked != nil {
		return v, panicked
	}
	return v, err
}

// invoke calls the function. The results are without the error.
func (f *goFunction) invoke(args []reflect.Value) (results []reflect.Value, err error) {
	if panicked := caught(func() { results = f.function.Call(args) }); panicked != nil {
		return nil, panicked
	}
	if !f.fails {
		return results, nil
	}
	last := len(results) - 1
	err, _ = results[last].Interface().(error)
	return results[:last], err
}

// caught returns a panic in code of the host, such as a function or a method that converts a value, as an error. It is nil if
// do returns; if do ends the goroutine, that goes on.
func caught(do func()) (err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		if value := recover(); value != nil {
			err = &PanicError{value, debug.Stack()}
		}
	}()
	do()
	returned = true
	return nil
}

// PanicError is the error of a call in which a function of [WithGo] panicked, or a method that converts its arguments or
// results; errors.As finds it.
type PanicError struct {
	// Value is what the function panicked with. If it is an error, errors.Is and errors.As find that as well.
	Value any
	// Stack is the Go stack at that point.
	Stack []byte
}

// Error returns a message without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
