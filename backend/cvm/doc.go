// Package cvm implements the operations of the backend contract on Lua's C API. Only backend/lua54 and backend/luajit
// import it: a build tag chooses one of them, and with it the headers and the library that cgo uses here. Without such a
// tag the package is empty, and no C compiler is needed.
//
// # Crossing
//
// A call from Go into C costs about 40 ns, and one from C into Go twice as much. So what belongs together is one function
// of glue.c, and what may raise an error runs in C under a protected call: an error never jumps over Go frames. A Go
// function that Lua calls returns to glue.c first, which raises its error there.
//
// # Threads
//
// A [Thread] is the main thread of a VM or a coroutine. A VM is used by one goroutine at a time, and while it runs C code
// that goroutine keeps its OS thread; so does a Go function that waits.
//
// # Ownership
//
// The C side never refers to Go memory between runs. A Go value or function in Lua is a number, that of a slot on the Go
// side, in a userdata whose finalizer gives the slot back. So the Go collector sees all references, and VMs that refer to
// each other are collected. The C memory of a VM that nothing refers to is freed by a cleanup.
//
// Light userdata are numbers as well, which stand for Go values in a table of the process (light.go): they live as long
// as the process.
//
// # Memory
//
// glue.c has the VM's allocator, which counts and bounds. The bounds hold only while Lua runs, so that an error always
// finds a protected call.
package cvm
