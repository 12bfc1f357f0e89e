// Package gopherlua implements the backend contract on gopher-lua, a VM for Lua 5.1.
//
// The adapter (adapter_gen.go) is generated from spec/vms/gopherlua.yaml; the other files have what expressions in the
// spec cannot do, and packages below repair what is wrong in the VM. Only programs that embed gopher-lua, and
// backend/selected, import this package; the core never does.
//
// # Libraries
//
// A state made by the backend (NewVM) has the functions of package backend/stdlib, whose tables are filled on use, and
// those of libraries.go. A host that goes around the contract with Unwrap should read fields with GetField and
// GetGlobal, which fill tables; RawGet sees a table as it is.
//
// A state of the user's own, given to Wrap, keeps its libraries as they are. All operations work on it, but code that
// the user compiles with the VM, and the VM's own functions, have the faults of the VM and no limits.
//
// # Code
//
// Load compiles in steps: repair/source checks the source, and repair/rewrite changes the syntax tree before the VM's
// compiler sees it and completes the code afterwards. So concatenations obey the limit on strings, and faults of the
// compiler are repaired. Code is immutable and shared by all states.
//
// # Errors
//
// protect.go is the VM's PCall without its faults. It needs fields that the VM does not export (repair/layout), and
// falls back to PCall if they are not those of the version in go.mod. repair/messages translates messages of the VM
// into Lua's words.
//
// # Rules
//
// Threads, stack and ownership are those of package backend. An LFunction belongs to one state, unless no script can
// get hold of it or write to it (sharedFunction); a FunctionProto and its constants may be shared by all. All data of
// the adapter lives in the VM (vmdata.go). Errors are raised with raiseValue or raiseText: RaiseError is for the VM,
// and its texts are translated.
package gopherlua
