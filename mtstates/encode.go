package mtstates

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// encode is toValue for values that need reflection. name is what a function is called in messages.
func encode(value any, name string) (backend.Value, error) {
	e := encoder{}
	v, err := e.value(reflect.ValueOf(value), place{step: crossing.Field(name)})
	for n := 0; n < len(e.tables) && err == nil; n++ {
		err = e.fill(e.tables[n])
	}
	return v, err
}

// place is where a value is: under a key of the table at another place; nil for a value that is in no table.
type place struct {
	table *place
	step  crossing.Step
}

// fail returns an error that names the place.
func (p place) fail(format string, args ...any) error {
	return errors.New(fmt.Sprintf(format, args...) + p.path().At())
}

func (p place) path() (path crossing.Path) {
	for at := &p; at.table != nil; at = at.table {
		path = append(path, at.step)
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}

// encoder makes tables of maps, slices and structs. They wait in a list until their fields are set, so that no depth
// overflows the stack.
type encoder struct {
	tables []unfilled
	seen   map[identity]*backend.NeutralTable
}

// unfilled is a table whose fields are still to be set.
type unfilled struct {
	table *backend.NeutralTable
	from  reflect.Value
	at    *place
}

// identity is what makes two Go values one table.
type identity struct {
	pointer unsafe.Pointer
	length  int
	of      reflect.Type
}

// maxPointers is how many pointers may lead from one to the next, in case they lead back.
const maxPointers = 100

func (e *encoder) value(v reflect.Value, at place) (backend.Value, error) {
	var shared identity
	for range maxPointers {
		if !v.IsValid() || nilable(v.Kind()) && v.IsNil() && v.Kind() != reflect.Slice && v.Kind() != reflect.Map {
			return backend.NilValue(), nil
		}
		if special, ok, err := e.special(v, at); ok || err != nil {
			return special, err
		}
		switch v.Kind() {
		case reflect.Interface:
			v = v.Elem()
		case reflect.Pointer:
			shared = identity{pointer: v.UnsafePointer(), of: v.Type()}
			v = v.Elem()
		default:
			return e.plain(v, shared, at)
		}
	}
	return backend.Value{}, at.fail("more than %d pointers to pointers", maxPointers)
}

func nilable(k reflect.Kind) bool {
	switch k {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice, reflect.UnsafePointer:
		return true
	}
	return false
}

// special converts values whose type says more than their kind. ok reports whether v is one.
func (e *encoder) special(v reflect.Value, at place) (converted backend.Value, ok bool, err error) {
	if v.Kind() == reflect.Interface || !v.CanInterface() || v.NumMethod() == 0 && v.Kind() != reflect.Struct && v.Kind() != reflect.Pointer {
		return backend.Value{}, false, nil
	}
	switch x := v.Interface().(type) {
	case *Table:
		return backend.TableValue(x.neutral()), true, nil
	case backend.Handle:
		return backend.HandleValue(x), true, nil
	case backend.LightUserdata:
		if x.Pointer != nil && !reflect.ValueOf(x.Pointer).Comparable() {
			return backend.Value{}, true, at.fail("light userdata of type %T is not comparable", x.Pointer)
		}
		return backend.LightValue(x), true, nil
	case time.Time:
		return backend.NumberValue(float64(x.Unix()) + float64(x.Nanosecond())/1e9), true, nil
	case time.Duration:
		return backend.NumberValue(x.Seconds()), true, nil
	case error:
		return backend.HandleValue(&goError{x}), true, nil
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		if err != nil {
			return backend.Value{}, true, at.fail("%v", err)
		}
		return backend.StringValue(string(text)), true, nil
	}
	return backend.Value{}, false, nil
}

// plain converts a value by its kind. shared is the pointer that led to it, if any.
func (e *encoder) plain(v reflect.Value, shared identity, at place) (backend.Value, error) {
	switch v.Kind() {
	case reflect.Bool:
		return backend.BooleanValue(v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := integerValue(v.Int())
		if err != nil {
			return n, at.fail("%v", err)
		}
		return n, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if v.Uint() > maxInteger {
			return backend.Value{}, at.fail("integer %d is beyond 2^53", v.Uint())
		}
		return backend.NumberValue(float64(v.Uint())), nil
	case reflect.Float32, reflect.Float64:
		return backend.NumberValue(v.Float()), nil
	case reflect.String:
		return backend.StringValue(v.String()), nil
	case reflect.Func:
		f, err := newGoFunction(v, functionName(at.step))
		if err != nil {
			return backend.Value{}, at.fail("%v", err)
		}
		return backend.HandleValue(f), nil
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return backend.StringValue(string(v.Bytes())), nil
		}
		if v.Len() > 0 && v.Type().Elem().Size() > 0 {
			shared = identity{v.UnsafePointer(), v.Len(), v.Type()}
		}
		return e.table(v, shared, at), nil
	case reflect.Map:
		if !v.IsNil() {
			shared = identity{pointer: v.UnsafePointer(), of: v.Type()}
		}
		return e.table(v, shared, at), nil
	case reflect.Struct, reflect.Array:
		return e.table(v, shared, at), nil
	}
	return backend.Value{}, at.fail("type '%s' not supported", v.Type())
}

// functionName returns the name that a function has because of the key that leads to it.
func functionName(step crossing.Step) string {
	if step.Key.Kind == backend.String && step.Key.Text() != "" {
		return backend.Quote(step.Key.Text())
	}
	return "?"
}

func (e *encoder) table(v reflect.Value, shared identity, at place) backend.Value {
	if shared.pointer != nil {
		if t := e.seen[shared]; t != nil {
			return backend.TableValue(t)
		}
	}
	t := &backend.NeutralTable{}
	if shared.pointer != nil {
		if e.seen == nil {
			e.seen = map[identity]*backend.NeutralTable{}
		}
		e.seen[shared] = t
	}
	e.tables = append(e.tables, unfilled{t, v, &at})
	return backend.TableValue(t)
}

func (e *encoder) fill(t unfilled) error {
	var fields []backend.Field
	add := func(step crossing.Step, of reflect.Value) error {
		v, err := e.value(of, place{t.at, step})
		if err == nil && v.Kind != backend.Nil {
			fields = append(fields, backend.Field{Key: step.Key, Value: v})
		}
		return err
	}
	switch t.from.Kind() {
	case reflect.Map:
		fields = make([]backend.Field, 0, t.from.Len())
		keys := map[any]bool{}
		for each := t.from.MapRange(); each.Next(); {
			step, err := e.key(each.Key(), *t.at)
			if err != nil {
				return err
			}
			if key := step.Key.Key(); keys[key] {
				return place{t.at, step}.fail("two keys are the same in Lua")
			} else {
				keys[key] = true
			}
			if err := add(step, each.Value()); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for _, f := range fieldsOf(t.from.Type()).list {
			of, err := t.from.FieldByIndexErr(f.index)
			if err != nil || f.omitEmpty && empty(of) { // it is in an embedded struct that is nil
				continue
			}
			if err := add(crossing.Field(f.name), of); err != nil {
				return err
			}
		}
	default:
		fields = make([]backend.Field, 0, t.from.Len())
		for i := range t.from.Len() {
			if err := add(crossing.Element(i+1), t.from.Index(i)); err != nil {
				return err
			}
		}
	}
	t.table.SetFields(fields)
	return nil
}

// key converts the key of a map in the table at a place.
func (e *encoder) key(v reflect.Value, at place) (crossing.Step, error) {
	tables := len(e.tables)
	key, err := e.value(v, at)
	switch {
	case err != nil:
		return crossing.Step{}, err
	case key.Kind == backend.Number && math.IsNaN(key.Number()):
		return crossing.Step{}, at.fail("NaN cannot be a key")
	case key.Kind == backend.Nil || key.Kind == backend.Table || key.Kind == backend.Userdata || len(e.tables) > tables:
		return crossing.Step{}, at.fail("key of type '%s' not supported", v.Type())
	}
	return crossing.Step{Key: key}, nil
}

// empty reports whether omitempty leaves out a value, as encoding/json does.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// goError is an error of the Go program in Lua: an object whose text is that of the error. Raised, it is found by errors.Is
// and errors.As outside.
type goError struct{ error }

const goErrorType = "go.error"

// PushTo pushes the error as an object.
func (e *goError) PushTo(vm backend.VM) {
	if !known(vm, goErrorType) {
		openGoErrorClass(vm)
	}
	vm.PushUserdata(e, goErrorType)
}

// Object returns the error itself.
func (e *goError) Object() any { return e.error }

func (e *goError) Unwrap() error { return e.error }

func openGoErrorClass(vm backend.VM) {
	backend.NewMetatable(vm, goErrorType)
	vm.PushString(goErrorType)
	vm.RawSetField(-2, "__metatable")
	vm.PushFunction(func(s backend.VM) int {
		e, ok := s.ToUserdata(1).(*goError)
		if !ok {
			return 0
		}
		text := e.Error()
		if len(text) > s.Env().MaxString {
			return backend.RaiseOutOfMemory()
		}
		s.PushString(text)
		return 1
	})
	vm.RawSetField(-2, "__tostring")
	vm.SetTop(vm.GetTop() - 1)
}

// stepText is a key in messages.
func stepText(key backend.Value) string {
	switch key.Kind {
	case backend.String:
		return strconv.Quote(backend.Quote(key.Text()))
	case backend.Number:
		return backend.FormatNumber(key.Number())
	}
	return key.Kind.String()
}
