package crossing

import (
	"slices"

	"github.com/mtstates/go-mtstates/backend"
)

// libraryFunction is a function of a library, or of a module that the host has registered. It crosses as its name: in each VM
// it stands for the function that this VM has under the name.
type libraryFunction struct{ module, name string }

// baseModule is the name under which package.loaded has the base functions, and packageModule that of package.
const (
	baseModule    = "_G"
	packageModule = "package"
)

// libraryFunctionAt returns the library function at a positive index; ok is false for other functions.
func libraryFunctionAt(vm backend.VM, index int) (f libraryFunction, ok bool) {
	top := vm.GetTop()
	if !vm.CheckStack(backend.HandleRoom) {
		return f, false
	}
	defer vm.SetTop(top)
	vm.PushValue(index)
	if info, _ := vm.GetInfo(0, 0, ">S"); info.What != "C" {
		return f, false
	}
	pointer := vm.ToPointer(index)
	vm.Env().Libraries.PushModules(vm)
	loaded, preload := top+1, top+2
	if vm.Type(loaded) != backend.Table {
		return f, false
	}
	for _, module := range moduleNames(vm, loaded, preload) {
		pushModuleFields(vm, loaded, module)
		if name := nameIn(vm, vm.GetTop(), module, pointer); name != "" {
			return libraryFunction{module, name}, true
		}
		vm.SetTop(preload)
	}
	return f, false
}

// moduleNames returns the names of the libraries, and then of the modules of the host, in a fixed order: a function may have
// several names. The base functions come after the other libraries, because scripts give short names to functions of those.
func moduleNames(vm backend.VM, loaded, preload int) []string {
	names := append(slices.Sorted(slices.Values(vm.Env().Backend.Libraries())), packageModule, baseModule)
	if vm.Type(preload) != backend.Table {
		return names
	}
	var modules []string
	vm.RawEach(preload, func(key, _ backend.Value) bool {
		if key.Kind == backend.String && !slices.Contains(names, key.Text()) {
			modules = append(modules, key.Text())
		}
		return true
	})
	slices.Sort(modules)
	return append(names, modules...)
}

// pushModuleFields pushes the table that has the fields of a module, or what else the module is.
func pushModuleFields(vm backend.VM, loaded int, module string) {
	if vm.RawGetField(loaded, module); vm.Type(-1) == backend.Table {
		backend.PushFields(vm, -1)
		backend.Remove(vm, vm.GetTop()-1)
	}
}

// nameIn returns the first of the names that a function has in a module whose value is at index, "" for none. What scripts have
// added to a library does not count.
func nameIn(vm backend.VM, index int, module string, pointer uintptr) (found string) {
	if vm.Type(index) != backend.Table {
		return ""
	}
	libraries := vm.Env().Libraries
	standard := module == baseModule || module == packageModule || slices.Contains(vm.Env().Backend.Libraries(), module)
	vm.RawEach(index, func(key, value backend.Value) bool {
		if value.Kind != backend.FunctionType || key.Kind != backend.String || vm.ToPointer(-1) != pointer {
			return true
		}
		if name := key.Text(); (found == "" || name < found) && (!standard || libraries.HasFunction(module, name)) {
			found = name
		}
		return true
	})
	return found
}

// PushTo pushes the function that vm has under the name. Where it has none, it is one that raises an error.
func (f libraryFunction) PushTo(vm backend.VM) {
	if f.pushFrom(vm) {
		return
	}
	name := f.name
	if f.module != baseModule {
		name = f.module + "." + name
	}
	vm.PushFunction(func(vm backend.VM) int {
		vm.PushString(name + " is not available in this state")
		return vm.Error()
	})
}

// Object returns nil: the function is none for Go programs.
func (f libraryFunction) Object() any { return nil }

// pushFrom pushes the function, unless vm has none under the name.
func (f libraryFunction) pushFrom(vm backend.VM) bool {
	top := vm.GetTop()
	vm.Env().Libraries.PushModules(vm)
	if vm.Type(top+1) == backend.Table && f.pushModule(vm, top+1) {
		backend.PushFields(vm, -1)
		if vm.RawGetField(-1, f.name); vm.Type(-1) == backend.FunctionType {
			vm.Rotate(top+1, 1)
			vm.SetTop(top + 1)
			return true
		}
	}
	vm.SetTop(top)
	return false
}

// pushModule pushes the table of the module, which it loads if need be. loaded is the index of package.loaded.
func (f libraryFunction) pushModule(vm backend.VM, loaded int) bool {
	if vm.RawGetField(loaded, f.module); vm.Type(-1) == backend.Table {
		return true
	}
	pushModuleFields(vm, loaded, baseModule)
	if vm.Type(-1) != backend.Table {
		return false
	}
	if vm.RawGetField(-1, "require"); vm.Type(-1) != backend.FunctionType {
		return false
	}
	vm.PushString(f.module)
	return vm.PCall(1, 1) == nil && vm.Type(-1) == backend.Table
}
