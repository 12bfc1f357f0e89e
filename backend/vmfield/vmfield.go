// Package vmfield finds fields of a VM's objects that the VM does not export, for what a backend cannot do, or not fast
// enough, through what the VM does export. Only the packages of backends import it.
//
// # Rules
//
// Fields are found once, when the program starts, by their names and types. A backend whose [Finder] is not Known, because
// the VM has another version than the one that go.mod names, touches none of them and goes the VM's own way. A test says
// that they are known in that version.
package vmfield

import (
	"reflect"
	"unsafe"
)

// Finder finds the fields that belong together. The zero value has found all it was asked for.
type Finder struct{ failed bool }

// Known tells whether all fields were as expected.
func (f *Finder) Known() bool { return !f.failed }

// Require makes the Finder fail unless what else a backend expects is so.
func (f *Finder) Require(expected bool) { f.failed = f.failed || !expected }

// Offset returns where the field is in objects of a struct type; fits tells whether its type is the expected one.
func (f *Finder) Offset(in reflect.Type, name string, fits func(reflect.Type) bool) uintptr {
	if in != nil && in.Kind() == reflect.Struct {
		if field, ok := in.FieldByName(name); ok && fits(field.Type) {
			return field.Offset
		}
	}
	f.failed = true
	return 0
}

// Target is Offset for a field that is a pointer or a slice. It returns also what type it points to, or what its elements
// are; nil when the field is not of the kind.
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

// Is tells whether a type is T.
func Is[T any](t reflect.Type) bool { return t == reflect.TypeFor[T]() }

// IsType returns a function that tells whether a type is want.
func IsType(want reflect.Type) func(reflect.Type) bool {
	return func(t reflect.Type) bool { return t == want }
}

// At returns the field at offset of an object; T is its type, or one with the same layout.
func At[T any](object unsafe.Pointer, offset uintptr) *T { return (*T)(unsafe.Add(object, offset)) }
