// Package operators repairs operators of go-lua: .. has no limit and formats numbers wrongly, % has the sign of the
// wrong operand, and a tail call out of a vararg function loses arguments. Code that has them is rewritten when it is
// loaded. Only package golua imports it.
//
// When the VM has these right, this package can go.
package operators
