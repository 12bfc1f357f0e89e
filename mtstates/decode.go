package mtstates

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// decoder sets Go variables to Lua values. What is in tables waits on a stack of its own until it is set, so that no depth
// overflows that of the goroutine: scripts choose how deep a table is.
type decoder struct {
	work []func() error
	seen map[decoded]reflect.Value
}

// decoded is a table as a value of one type.
type decoded struct {
	table *backend.NeutralTable
	as    reflect.Type
}

// misfit is the error for a value that does not fit the variable for it.
type misfit struct {
	at      place
	message string
}

func (m *misfit) Error() string { return m.message + m.at.path().At() }

func (p place) misfit(expected string, got backend.Value) error {
	return &misfit{p, expected + " expected, got " + got.Kind.String()}
}

// decode sets a variable, and all that is in it.
func (d *decoder) decode(to reflect.Value, v backend.Value) error {
	d.work = d.work[:0]
	err := d.set(to, v, place{})
	for len(d.work) > 0 && err == nil {
		last := len(d.work) - 1
		next := d.work[last]
		d.work[last] = nil
		d.work = d.work[:last]
		err = next()
	}
	return err
}

func (d *decoder) later(do func() error) { d.work = append(d.work, do) }

// once returns what a table has become in a type before, or remembers what make returns. d fills a new one.
func (d *decoder) once(t *backend.NeutralTable, as reflect.Type, make func() reflect.Value) (_ reflect.Value, isNew bool) {
	key := decoded{t, as}
	if v, ok := d.seen[key]; ok {
		return v, false
	}
	if d.seen == nil {
		d.seen = map[decoded]reflect.Value{}
	}
	v := make()
	d.seen[key] = v
	return v, true
}

var (
	tableType    = reflect.TypeFor[*Table]()
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
)

// set sets a variable. The fields of a table are set later.
func (d *decoder) set(to reflect.Value, v backend.Value, at place) error {
	if done, err := setSpecial(to, v, at); done || err != nil {
		return err
	}
	switch to.Kind() {
	case reflect.Bool:
		if v.Kind != backend.Boolean {
			return at.misfit("boolean", v)
		}
		to.SetBool(v.Boolean())
	case reflect.String:
		if v.Kind != backend.String {
			return at.misfit("string", v)
		}
		to.SetString(v.Text())
	case reflect.Pointer:
		return d.setPointer(to, v, at)
	case reflect.Slice, reflect.Array:
		return d.setList(to, v, at)
	case reflect.Map:
		return d.setMap(to, v, at)
	case reflect.Struct:
		if v.Kind != backend.Table {
			return at.misfit("table", v)
		}
		d.later(func() error { return d.fillStruct(to, v.Table(), &at) })
	default:
		return setNumber(to, v, at)
	}
	return nil
}

// setSpecial sets variables whose type says more than their kind. done reports whether it did.
func setSpecial(to reflect.Value, v backend.Value, at place) (done bool, err error) {
	if to.Kind() == reflect.Interface {
		return true, setInterface(to, v, at)
	}
	switch v.Kind {
	case backend.Table:
		if to.Type() == tableType {
			to.Set(reflect.ValueOf((*Table)(v.Table())))
			return true, nil
		}
	case backend.Userdata, backend.LightUserdataType:
		if object := reflect.ValueOf(fromValue(v)); object.Type().AssignableTo(to.Type()) {
			to.Set(object)
			return true, nil
		}
		if v.Kind == backend.Userdata {
			break
		}
		if pointer := reflect.ValueOf(v.Light().Pointer); pointer.IsValid() && pointer.Type().AssignableTo(to.Type()) {
			to.Set(pointer)
			return true, nil
		}
	case backend.Number:
		switch to.Type() {
		case timeType:
			return true, setTime(to, v.Number(), at)
		case durationType:
			return true, setDuration(to, v.Number(), at)
		}
	case backend.String:
		return setText(to, v.Text(), at)
	}
	return false, nil
}

func setInterface(to reflect.Value, v backend.Value, at place) error {
	value := fromValue(v)
	switch object := reflect.ValueOf(value); {
	case v.Kind == backend.FunctionType || v.Kind == backend.Thread:
		return &misfit{at, "type '" + v.Kind.String() + "' not supported"}
	case value == nil:
		to.SetZero()
	case object.Type().AssignableTo(to.Type()):
		to.Set(object)
	default:
		return at.misfit(to.Type().String(), v)
	}
	return nil
}

func setTime(to reflect.Value, seconds float64, at place) error {
	whole, part := math.Modf(seconds)
	if !(math.Abs(whole) < maxInteger) {
		return &misfit{at, "time expected, got number out of range"}
	}
	// The number has no more than microseconds.
	to.Set(reflect.ValueOf(time.Unix(int64(whole), int64(math.Round(part*1e6))*1000)))
	return nil
}

func setDuration(to reflect.Value, seconds float64, at place) error {
	if !(math.Abs(seconds*1e9) < math.MaxInt64) {
		return &misfit{at, "duration expected, got number out of range"}
	}
	to.SetInt(int64(math.Round(seconds * 1e9)))
	return nil
}

// setText sets a variable that takes a text in a way of its own.
func setText(to reflect.Value, text string, at place) (done bool, err error) {
	if to.Type() == durationType {
		duration, err := time.ParseDuration(text)
		if err != nil {
			return true, &misfit{at, err.Error()}
		}
		to.SetInt(int64(duration))
		return true, nil
	}
	if to.Kind() == reflect.Pointer || !to.CanAddr() {
		return false, nil
	}
	u, ok := to.Addr().Interface().(encoding.TextUnmarshaler)
	if !ok {
		return false, nil
	}
	if err := u.UnmarshalText([]byte(text)); err != nil {
		return true, &misfit{at, err.Error()}
	}
	return true, nil
}

func setNumber(to reflect.Value, v backend.Value, at place) error {
	expected, fits := "", false
	n := v.Number()
	switch to.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		expected = "integer"
		fits = v.Kind == backend.Number && n == math.Trunc(n) && n >= math.MinInt64 && n < 1<<63 && !to.OverflowInt(int64(n))
		if fits {
			to.SetInt(int64(n))
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		expected = "integer"
		fits = v.Kind == backend.Number && n == math.Trunc(n) && n >= 0 && n < 1<<64 && !to.OverflowUint(uint64(n))
		if fits {
			to.SetUint(uint64(n))
		}
	case reflect.Float32, reflect.Float64:
		expected = "number"
		fits = v.Kind == backend.Number
		if fits {
			to.SetFloat(n)
		}
	default:
		return &misfit{at, fmt.Sprintf("no value fits the type %s", to.Type())}
	}
	switch {
	case fits:
		return nil
	case v.Kind != backend.Number:
		return at.misfit(expected, v)
	case n != math.Trunc(n):
		return &misfit{at, "number has no integer representation"}
	}
	return &misfit{at, fmt.Sprintf("integer %s does not fit the type %s", backend.FormatNumber(n), to.Type())}
}

// isNil reports whether a value is nil, or that of an argument which is not there.
func isNil(v backend.Value) bool { return v.Kind == backend.Nil || v.Kind == backend.None }

func (d *decoder) setPointer(to reflect.Value, v backend.Value, at place) error {
	switch {
	case isNil(v):
		to.SetZero()
		return nil
	case v.Kind == backend.Table:
		pointer, isNew := d.once(v.Table(), to.Type(), func() reflect.Value { return reflect.New(to.Type().Elem()) })
		to.Set(pointer)
		if !isNew {
			return nil
		}
		return d.set(pointer.Elem(), v, at)
	}
	pointer := reflect.New(to.Type().Elem())
	if err := d.set(pointer.Elem(), v, at); err != nil {
		return err
	}
	to.Set(pointer)
	return nil
}

func (d *decoder) setList(to reflect.Value, v backend.Value, at place) error {
	isSlice := to.Kind() == reflect.Slice
	switch {
	case isNil(v) && isSlice:
		to.SetZero()
		return nil
	case v.Kind == backend.String && isSlice && to.Type().Elem().Kind() == reflect.Uint8:
		to.SetBytes([]byte(v.Text()))
		return nil
	case v.Kind != backend.Table:
		return at.misfit("list", v)
	}
	n := len(v.Table().Fields())
	if isSlice {
		list, isNew := d.once(v.Table(), to.Type(), func() reflect.Value { return reflect.MakeSlice(to.Type(), n, n) })
		to.Set(list)
		if !isNew {
			return nil
		}
		to = list // the variable may become another list before this one is filled
	} else if n > to.Len() {
		return &misfit{at, fmt.Sprintf("list of at most %d elements expected, got %d", to.Len(), n)}
	} else {
		to.SetZero()
	}
	d.later(func() error { return d.fillList(to, v.Table(), &at) })
	return nil
}

func (d *decoder) fillList(to reflect.Value, t *backend.NeutralTable, at *place) error {
	fields := t.Fields()
	for i := range fields {
		f := &fields[i]
		n := float64(0)
		if f.Key.Kind == backend.Number {
			n = f.Key.Number()
		}
		if !(n >= 1 && n <= float64(len(fields)) && n == math.Trunc(n)) {
			return &misfit{*at, fmt.Sprintf("list expected, got table with %d fields, one of them under the key %s", len(fields), stepText(f.Key))}
		}
		if err := d.set(to.Index(int(n)-1), f.Value, place{at, crossing.Step{Key: f.Key}}); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) setMap(to reflect.Value, v backend.Value, at place) error {
	switch {
	case isNil(v):
		to.SetZero()
		return nil
	case v.Kind == backend.Table:
		made, isNew := d.once(v.Table(), to.Type(), func() reflect.Value {
			return reflect.MakeMapWithSize(to.Type(), len(v.Table().Fields()))
		})
		to.Set(made)
		if isNew {
			d.later(func() error { return d.fillMap(made, v.Table(), &at) })
		}
		return nil
	}
	return at.misfit("table", v)
}

func (d *decoder) fillMap(to reflect.Value, t *backend.NeutralTable, at *place) error {
	keyType, elementType := to.Type().Key(), to.Type().Elem()
	fields := t.Fields()
	for i := range fields {
		f := &fields[i]
		key := reflect.New(keyType).Elem()
		if err := d.set(key, f.Key, place{at, crossing.Step{Key: f.Key, IsKey: true}}); err != nil {
			return err
		}
		if f.Key.Kind == backend.Table && keyType.Kind() != reflect.Interface && keyType != tableType || !key.Comparable() {
			return place{at, crossing.Step{Key: f.Key, IsKey: true}}.misfit(keyType.String(), f.Key)
		}
		element := reflect.New(elementType).Elem()
		inside := f.Value.Kind == backend.Table
		if inside { // what is put on the stack behind this is done first
			d.later(func() error {
				to.SetMapIndex(key, element)
				return nil
			})
		}
		if err := d.set(element, f.Value, place{at, crossing.Step{Key: f.Key}}); err != nil {
			return err
		}
		if !inside {
			to.SetMapIndex(key, element)
		}
	}
	return nil
}

func (d *decoder) fillStruct(to reflect.Value, t *backend.NeutralTable, at *place) error {
	known := fieldsOf(to.Type())
	fields := t.Fields()
	for i := range fields {
		f := &fields[i]
		if f.Key.Kind != backend.String {
			continue
		}
		field := known.named[f.Key.Text()]
		if field == nil {
			field = known.folded[strings.ToLower(f.Key.Text())]
			if field == nil {
				continue
			}
			if _, exact := t.Get(backend.StringValue(field.name)); exact {
				continue
			}
		}
		variable, ok := fieldOf(to, field.index)
		here := place{at, crossing.Step{Key: f.Key}}
		if !ok {
			return &misfit{here, "the field is in an embedded pointer to an unexported struct"}
		}
		if err := d.set(variable, f.Value, here); err != nil {
			return err
		}
	}
	return nil
}

// fieldOf returns a field of a struct, for which embedded structs are made. ok is false if one cannot be made.
func fieldOf(v reflect.Value, index []int) (_ reflect.Value, ok bool) {
	for i, n := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					return reflect.Value{}, false
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v, true
}
