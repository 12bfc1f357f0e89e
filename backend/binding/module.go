package binding

import (
	"fmt"
	"slices"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// Function is a function of a module; M is the Go type of the module.
type Function[M any] struct {
	Name string
	// Editions are those in which the module has the function; nil stands for all.
	Editions []string
	// Call performs a call and returns the number of results that it has pushed.
	Call func(m M, c Call) (int, error)
}

// Method is a method of objects; S is their Go type, M that of the module.
type Method[M, S any] struct {
	Name string
	// Editions are those in which the class has the method; nil stands for all.
	Editions []string
	Call     func(m M, self S, c Call) (int, error)
}

// Class is a type of userdata; S is the Go type of its values.
type Class[M, S any] struct {
	// Type is the name of the type, MODULE.CLASS.
	Type    string
	Methods []Method[M, S]
	// Resolve returns the object that a userdata of another Go type stands for, such as a weak reference. It may be nil.
	Resolve func(object any) (S, bool)
}

// self returns the object of a method's call.
func (c *Class[M, S]) self(vm backend.VM) (S, bool) {
	object := vm.ToUserdata(1)
	if c.Resolve != nil { // most objects of such a class; an assertion to an interface that fails would cost more
		if self, ok := c.Resolve(object); ok {
			return self, true
		}
	}
	self, ok := object.(S)
	return self, ok
}

// FunctionsIn returns the functions that a module has in an edition.
func FunctionsIn[M any](edition string, functions []Function[M]) []Function[M] {
	return slices.DeleteFunc(functions, func(f Function[M]) bool { return !isIn(edition, f.Editions) })
}

// In returns the class as it is in an edition.
func (c Class[M, S]) In(edition string) Class[M, S] {
	c.Methods = slices.DeleteFunc(c.Methods, func(f Method[M, S]) bool { return !isIn(edition, f.Editions) })
	return c
}

func isIn(edition string, editions []string) bool {
	return editions == nil || slices.Contains(editions, edition)
}

// Raise raises err in Lua. It does not return.
type Raise func(vm backend.VM, err error) int

// NewModule pushes a table with the functions of a module.
func NewModule[M any](vm backend.VM, raise Raise, m M, functions []Function[M]) {
	vm.CreateTable(0, 0)
	for i := range functions {
		f := &functions[i]
		vm.PushFunction(func(vm backend.VM) int {
			n, err := f.Call(m, Call{VM: vm, name: &f.Name, first: 1})
			if err != nil {
				return raise(vm, err)
			}
			return n
		})
		vm.RawSetField(-2, f.Name)
	}
}

// OpenClass registers the metatable of a class, unless vm already has it.
func OpenClass[M, S any](vm backend.VM, raise Raise, m M, class Class[M, S]) {
	NewClass(vm, raise, m, class)
	vm.SetTop(vm.GetTop() - 1)
}

// NewClass pushes the metatable of a class and reports whether it is new. A new one has the methods as __index, the
// name of the type as __metatable, which protects it from scripts, and a __tostring.
func NewClass[M, S any](vm backend.VM, raise Raise, m M, class Class[M, S]) bool {
	if !backend.NewMetatable(vm, class.Type) {
		return false
	}
	vm.CreateTable(0, 0)
	for i := range class.Methods {
		f := &class.Methods[i]
		vm.PushFunction(func(vm backend.VM) int {
			self, ok := class.self(vm)
			if !ok {
				return arg.Bad(vm, 1, f.Name, class.Type+" expected, got "+arg.TypeName(vm, 1))
			}
			n, err := f.Call(m, self, Call{VM: vm, name: &f.Name, first: 2})
			if err != nil {
				return raise(vm, err)
			}
			return n
		})
		vm.RawSetField(-2, f.Name)
	}
	vm.RawSetField(-2, "__index")
	vm.PushString(class.Type)
	vm.RawSetField(-2, "__metatable")
	vm.PushFunction(class.toString)
	vm.RawSetField(-2, "__tostring")
	if h, ok := vm.(backend.ClassHider); ok {
		h.HideClass(-1)
	}
	return true
}

// toString is __tostring: the String of an object that has one, or its type and address.
func (c Class[M, S]) toString(vm backend.VM) int {
	self, ok := c.self(vm)
	if !ok {
		return 0
	}
	object := any(self)
	if ref, ok := object.(interface{ unwrap() any }); ok {
		object = ref.unwrap()
	}
	if text, ok := object.(fmt.Stringer); ok {
		vm.PushString(text.String())
	} else {
		vm.PushString(fmt.Sprintf("%s: %p", c.Type, object))
	}
	return 1
}
