// Package compiler makes code for go-lua of Lua source, with the instructions that package instructions adds to the VM.
// Only package golua imports it.
//
// The VM's compiler takes the third power of the length of chains of operators, elseif, goto and break, loses constants
// above 2^18, has panics that its protection lets through, and names other tokens than Lua in its messages. When it has
// none of these faults, and the VM's instructions are right, this package and package syntax can go.
//
// # How it works
//
// The tree of a function becomes code in one go. An expression is made for where its value is to be: in a certain register,
// in any, or as an operand that may be a constant; a condition for where the code goes on when it holds, or does not.
// Registers are a stack: local variables are at its bottom, and what an expression needs for itself is given back
// before the next one.
package compiler
