package backend

// environment is the upvalue that the globals of a function are in where the language has lexical environments.
const environment = "_ENV"

// CheckCopy returns the error of CopyFunction for a function that can be copied to no state, because it is written in Go
// or has upvalues; the globals of Lua 5.2 are none.
func CheckCopy(vm VM, index int) error {
	vm.PushValue(index)
	info, _ := vm.GetInfo(0, 0, ">Su")
	if info.What == "C" {
		return ErrGoFunction
	}
	lexical := vm.Env().Backend.Capabilities().Has(CapEnv)
	for n := 1; n <= info.NUps; n++ {
		name, _ := vm.GetUpvalue(index, n)
		vm.SetTop(vm.GetTop() - 1)
		if lexical && name == environment && (info.NUps == 1 || n < info.NUps) {
			continue
		}
		if name == "" {
			name = "?"
		}
		return &UpvalueError{Name: name}
	}
	return nil
}
