// Package syntax reads the source of Lua 5.2. Only package compiler, which makes code for go-lua of it, imports it.
//
// The VM's scanner takes the end of a line with two characters for two, numerals beyond a double for errors, and bytes
// above 127 for letters; its parser forgets how a token was written before it is named in a message; and its work grows
// with the third power of the length of chains of operators. Nothing of this depends on the VM: there is nothing to probe.
// The package goes with package compiler.
package syntax
