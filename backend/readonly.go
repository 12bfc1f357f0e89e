package backend

// ReadOnly is what Libraries can do in a VM with Options.ReadOnlyGlobals.
type ReadOnly interface {
	// Freeze makes the globals read-only, see Freeze.
	Freeze(vm VM)
	// PushFields pushes the table that has the fields of the one at index, see PushFields.
	PushFields(vm VM, index int)
}

// Freeze makes the globals of a VM read-only if its options say so: the table of globals, the tables of the standard libraries
// and of the modules that the host has registered, with all tables in them, package.loaded, package.preload and the list of
// searchers. From now on only require adds to them. It is called once, when the code that sets up the VM has run.
func Freeze(vm VM) {
	if r, ok := vm.Env().Libraries.(ReadOnly); ok && vm.Env().ReadOnlyGlobals {
		r.Freeze(vm)
	}
}

// PushFields pushes the table that has the fields of the table at index: a read-only one is empty, and its metatable knows
// where they are. Scripts must not get what this pushes.
func PushFields(vm VM, index int) {
	if r, ok := vm.Env().Libraries.(ReadOnly); ok {
		r.PushFields(vm, index)
		return
	}
	vm.PushValue(index)
}
