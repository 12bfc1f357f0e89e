// Package crossing moves values between VMs, and between a VM and Go: the simple values, tables, and handles. Package
// mtstates and its companion modules import it; it imports no VM.
//
// # Tables
//
// A table crosses as a deep copy, without its metatable. A table that occurs several times, or in itself, does so in
// the copy as well. Tables wait in a list to be copied, so their depth needs neither Go stack nor Lua stack. [Read] makes
// the neutral form of values, [Push] makes values of it, and [Copy] is both.
//
// # Failures
//
// When a function of this package returns an error, the stacks are as they were. It can be interrupted, and it observes
// the limits of the VM that receives the values.
package crossing
