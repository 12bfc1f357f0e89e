// Package stdlib has the library functions that both VMs share: those that a VM lacks, or that the VMs have otherwise than
// PUC Lua or each other. Each is written once, as a backend.Function over backend.VM, and so gives the same results and
// the same messages with every backend. Adapters put [Libraries] over their VM's own functions; nothing else imports it.
//
// Where Lua 5.1 and 5.2 differ, the functions follow spec/profile.yaml, which is mostly Lua 5.2.
//
// # Rules
//
// The functions are shared by all states and threads, so they hold nothing. What belongs to a state, such as the seed of
// math.random, is kept in the state (Env.Keep).
//
// A function that makes a string asks for its size first, and raises the memory error when it is beyond Env.MaxString:
// memory is allocated for strings that may exist only.
package stdlib
