// Package vmfield finds fields of a VM's objects that the VM does not export, for what a backend cannot do, or not fast
// enough, with exported ones. Only the packages of backends import it.
//
// # Rules
//
// Fields are found once, when the program starts, by their names and types. If the [Finder] of a backend is not Known,
// because the VM is of another version than go.mod names, the backend touches none of the fields and does things the
// VM's own way. A test checks that they are known in that version.
package vmfield

import (
	"reflect"
	"unsafe"
)

// Finder finds fields that belong together. In the zero value none is missing.
type Finder struct{ failed bool }

// Known reports whether all fields were as expected.
func (f *Finder) Known() bool { return !f.failed }

// Require makes the Finder fail unless a further condition holds.
func (f *Finder) Require(expected bool) { f.failed = f.failed || !expected }

// Offset returns the offset of a field in objects of a struct type; fits reports whether its type is the expected one.
func (f *Finder) Offset(in reflect.Type, name string, fits func(reflect.Type) bool) uintptr {
	if in != nil && in.Kind() == reflect.Struct {
		if field, ok := in.FieldByName(name); ok && fits(field.Type) {
			return field.Offset
		}
	}
	f.failed = true
	return 0
}

// Target is Offset for a field that is a pointer or a slice. It also returns the type that it points to, or that of its
// elements, and nil for other kinds of fields.
func (f *Finder) Target(in reflect.Type, name string, kind reflect.Kind) (offset uintptr, target reflect.Type) {
	offset = f.Offset(in, name, func(t reflect.Type) bool {
		if t.Kind() != kind {
			return false
		}
		target = t.Elem()
		return true
	})
	return offset, target
}

// Is reports whether a type is T.
func Is[T any](t reflect.Type) bool { return t == reflect.TypeFor[T]() }

// IsType returns a function that reports whether a type is want.
func IsType(want reflect.Type) func(reflect.Type) bool {
	return func(t reflect.Type) bool { return t == want }
}

// At returns the field of an object at the offset; T is its type, or one with the same layout.
func At[T any](object unsafe.Pointer, offset uintptr) *T { return (*T)(unsafe.Add(object, offset)) }
