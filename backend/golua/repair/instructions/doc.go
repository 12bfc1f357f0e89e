// Package instructions adds instructions to go-lua, for code that package compiler makes. Only package golua and its
// repairs import it.
//
// # Faults
//
// The VM's instructions read strings in arithmetic as source text, so that "7--1" is 7 and "1e400" is not a number; % has
// the sign of the wrong operand, powers are wrong in the last digit, .. writes numbers wrongly and has no limit; after a
// failed look-up of __index, the other metamethods of a metatable are forgotten, and nil is not assigned to a field
// beside __newindex; metamethods and iterators nest the VM's loop, which a coroutine cannot leave; a tail call out of a
// vararg function loses arguments; closures of different variables may be one; and messages name the wrong operand.
//
// # How
//
// [Extend] makes the VM's table of instructions longer. The new ones are used by our code only: to other states in the
// process nothing changes. They do what is right in the common case, leave to the VM's own instruction what that does
// right, and call metamethods as the instruction for calls calls a function: in the VM's loop, with the result coming
// back into a scratch register at the end of the frame, from where a second instruction takes it.
//
// When the VM's instructions have none of these faults, the package can go.
package instructions
