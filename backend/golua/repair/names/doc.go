// Package names finds the names of operands and of called functions in go-lua's code. The VM looks for a value that
// looks like the operand and takes the first one, so it may name another variable. The code is not exported, so it is
// read by reflection. Only package golua imports it.
//
// When the VM's messages name operands as Lua 5.2 does, this package can go.
package names
