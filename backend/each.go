package backend

// Visit receives a field of a table from RawEach and returns whether to go on.
type Visit func(key, value Value) bool

// EachByNext is RawEach for a VM without a faster way.
func EachByNext(vm VM, index int, visit Visit) {
	if index < 0 {
		index += vm.GetTop() + 1
	}
	vm.PushNil()
	key := vm.GetTop()
	for vm.Next(index) {
		if !visit(neutralOrKind(vm, key), neutralOrKind(vm, key+1)) {
			vm.SetTop(key - 1)
			return
		}
		vm.SetTop(key)
	}
}

func neutralOrKind(vm VM, index int) Value {
	if v, ok := vm.ToNeutral(index); ok {
		return v
	}
	return Value{Kind: vm.Type(index)}
}
