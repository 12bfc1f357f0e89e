package vmfield

import (
	"fmt"
	"reflect"
	"strings"
)

// Mirror returns an error unless objects of the type vm may be read and written through the type mirror: vm has each
// field of mirror, under the same name apart from case, at the same offset, and with the same type or one that is
// itself a mirror. A [2]uintptr may stand for an interface, any for another interface without methods, and an
// unsafe.Pointer for any pointer. The mirror may end before vm does.
func Mirror(mirror, vm reflect.Type) error {
	return mirrors{}.structs(mirror, vm)
}

// mirrors are the pairs of types that are being compared, or were found to match: types may refer to one another.
type mirrors map[[2]reflect.Type]bool

func (m mirrors) structs(mirror, vm reflect.Type) error {
	if m[[2]reflect.Type{mirror, vm}] {
		return nil
	}
	m[[2]reflect.Type{mirror, vm}] = true
	for field := range mirror.Fields() {
		if field.Name == "_" {
			continue
		}
		found, ok := vm.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, field.Name) })
		switch {
		case !ok || len(found.Index) != 1:
			return fmt.Errorf("%s has no field %s", vm, strings.ToLower(field.Name[:1])+field.Name[1:])
		case found.Offset != field.Offset:
			return fmt.Errorf("the field %s of %s is not where it was", found.Name, vm)
		}
		if err := m.types(field.Type, found.Type); err != nil {
			return err
		}
		if !m.fit(field.Type, found.Type) {
			return fmt.Errorf("the field %s of %s has the type %s", found.Name, vm, found.Type)
		}
	}
	return nil
}

// types compares what pointers, slices and functions refer to.
func (m mirrors) types(mirror, vm reflect.Type) error {
	if mirror == vm || mirror.Kind() != vm.Kind() {
		return nil
	}
	switch mirror.Kind() {
	case reflect.Struct:
		return m.structs(mirror, vm)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return m.types(mirror.Elem(), vm.Elem())
	case reflect.Func:
		for i := range min(mirror.NumIn(), vm.NumIn()) {
			if err := m.types(mirror.In(i), vm.In(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// fit reports whether two types have the same form, apart from the structs in them.
func (m mirrors) fit(mirror, vm reflect.Type) bool {
	switch {
	case mirror == vm:
		return true
	case vm.Kind() == reflect.Interface:
		return isEmptyInterface(mirror) && isEmptyInterface(vm) ||
			mirror == reflect.TypeFor[[2]uintptr]() && mirror.Size() == vm.Size()
	case mirror.Kind() == reflect.UnsafePointer:
		return vm.Kind() == reflect.Pointer
	case mirror.Kind() != vm.Kind():
		return false
	case mirror.Kind() <= reflect.Complex128 || mirror.Kind() == reflect.String:
		return true
	}
	switch mirror.Kind() {
	case reflect.Struct:
		return m[[2]reflect.Type{mirror, vm}]
	case reflect.Pointer, reflect.Slice:
		return m.fit(mirror.Elem(), vm.Elem())
	case reflect.Array:
		return mirror.Len() == vm.Len() && m.fit(mirror.Elem(), vm.Elem())
	case reflect.Map:
		return m.fit(mirror.Key(), vm.Key()) && m.fit(mirror.Elem(), vm.Elem())
	case reflect.Func:
		if mirror.NumIn() != vm.NumIn() || mirror.NumOut() != vm.NumOut() || mirror.IsVariadic() != vm.IsVariadic() {
			return false
		}
		for i := range mirror.NumIn() {
			if !m.fit(mirror.In(i), vm.In(i)) {
				return false
			}
		}
		for i := range mirror.NumOut() {
			if !m.fit(mirror.Out(i), vm.Out(i)) {
				return false
			}
		}
		return true
	}
	return false
}

func isEmptyInterface(t reflect.Type) bool {
	return t.Kind() == reflect.Interface && t.NumMethod() == 0
}
