package stdlib

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// In a VM with read-only globals some library functions are other ones: those that change tables without metamethods, or
// metatables, refuse protected ones, and those that read a table without metamethods read the fields behind a read-only one.

// guards returns what the functions of libraries are in a VM with read-only globals, by their names in tracebacks.
func guards() map[string]func(f backend.Function) backend.Function {
	return map[string]func(f backend.Function) backend.Function{
		"next": reading, "rawget": reading, "rawlen": reading, "ipairs_iterator": reading,
		"pairs":  instead(basePairs), // an adapter's reads the table
		"rawset": writing, "table.insert": writing, "table.remove": writing, "table.sort": writing,
		"table.foreach":      instead(foreachField),
		"debug.getlocal":     hidingTemporaries,
		"debug.getmetatable": instead(baseGetmetatable),
		"debug.setmetatable": instead(setUnprotected),
		"setfenv":            keepingGlobals,
		"debug.setfenv":      keepingGlobals,
		"module":             refuseModule,
	}
}

// pushFunction pushes a library function.
func (o *opened) pushFunction(vm backend.VM, name string, f backend.Function) {
	if vm.Env().ReadOnlyGlobals {
		if guard := o.set.guards[name]; guard != nil {
			f = guard(f)
		}
	}
	o.set.dialect.Push(vm, name, f)
}

func instead(f backend.Function) func(backend.Function) backend.Function {
	return func(backend.Function) backend.Function { return f }
}

// reading returns f with the fields of a read-only table as its first argument. f calls no other function, which would see
// them in the frame of f.
func reading(f backend.Function) backend.Function {
	return func(vm backend.VM) int {
		if vm.GetTop() == 0 || !of(vm).isFrozen(vm, 1) {
			return f(vm)
		}
		of(vm).PushFields(vm, 1)
		backend.Insert(vm, 1)
		backend.Remove(vm, 2)
		results := f(vm)
		backend.Remove(vm, 1)
		return results
	}
}

// writing returns f, which refuses a read-only table as its first argument.
func writing(f backend.Function) backend.Function {
	return func(vm backend.VM) int {
		if vm.GetTop() > 0 && of(vm).isFrozen(vm, 1) {
			return of(vm).refuse(vm)
		}
		return f(vm)
	}
}

// foreachField is table.foreach, by next: no frame has the fields of a read-only table while the function is called.
func foreachField(vm backend.VM) int {
	arg.OneOf(vm, 1, "foreach", backend.Table)
	arg.OneOf(vm, 2, "foreach", backend.FunctionType)
	vm.SetTop(2)
	vm.PushNil()
	for {
		of(vm).PushFields(vm, 1)
		backend.Insert(vm, 3)
		more := vm.Next(3)
		backend.Remove(vm, 3)
		if !more {
			return 0
		}
		vm.PushValue(2)
		vm.PushValue(3)
		vm.PushValue(4)
		vm.Call(2, 1)
		if vm.Type(-1) != backend.Nil {
			return 1
		}
		vm.SetTop(3)
	}
}

// setUnprotected is debug.setmetatable, which changes neither protected metatables nor, when the globals are read-only, those
// that all values of a type have.
func setUnprotected(vm backend.VM) int {
	switch vm.Type(1) {
	case backend.Table, backend.Userdata:
	default:
		if of(vm).frozen != nil {
			return raise(vm, "cannot change a metatable of all values of a type: the globals are read-only")
		}
	}
	if vm.GetTop() > 0 && backend.GetMetafield(vm, 1, "__metatable") {
		return raise(vm, "cannot change a protected metatable")
	}
	return debugSetmetatable(vm)
}

// hidingTemporaries returns f, debug.getlocal, without the values that have no name: what a Go function has on its stack, and
// what functions have left that have returned, may be the fields of a read-only table. Where getlocal is a function of the VM,
// it is not available.
func hidingTemporaries(f backend.Function) backend.Function {
	return func(vm backend.VM) int {
		if f == nil {
			return raise(vm, "debug.getlocal is not available in a state with read-only globals")
		}
		results := f(vm)
		if results == 2 {
			if name, _ := vm.ToString(-2); strings.HasSuffix(name, "temporary)") {
				return 0
			}
		}
		return results
	}
}

// keepingGlobals returns f, setfenv, which refuses to change what the globals of code are that is loaded later. Where that is a
// function of the VM, it is not available.
func keepingGlobals(f backend.Function) backend.Function {
	return func(vm backend.VM) int {
		number, isNumber := vm.ToNumber(1)
		switch {
		case f == nil:
			return raise(vm, "setfenv is not available in a state with read-only globals")
		case of(vm).frozen != nil && (isNumber && number < 1 || vm.Type(1) == backend.Thread):
			return raise(vm, "cannot change the globals of a thread: they are read-only")
		}
		return f(vm)
	}
}

// refuseModule returns f, module, which changes the globals.
func refuseModule(f backend.Function) backend.Function {
	return func(vm backend.VM) int {
		if of(vm).frozen != nil {
			return raise(vm, "module is not available: the globals are read-only")
		}
		return f(vm)
	}
}
