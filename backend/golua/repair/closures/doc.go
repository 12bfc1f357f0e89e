// Package closures repairs the closures of go-lua. The VM reuses the last closure of a function literal when its
// upvalues look the same, so closures of different variables become one; and it keeps unreachable closures and upvalues
// alive. Only package golua imports it.
//
// When the VM makes a closure for each evaluation, and drops closed upvalues from its list, this package can go.
package closures
