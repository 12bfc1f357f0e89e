// Package names finds the names of operands and of called functions in go-lua's code: the VM searches for a value that
// looks like the operand, takes the first, and so names the wrong one. It reads code that the VM does not export. Only
// package golua imports it.
//
// When the VM's messages name operands as Lua 5.2 does, the package can go.
package names
