// Package closures repairs the closures of go-lua: the VM takes the last closure of a function literal again when its
// upvalues look the same, so that closures of different variables become one, and it keeps closures and upvalues alive that
// nobody can reach. Only package golua imports it.
//
// When the VM makes a closure for each evaluation, and drops closed upvalues from its list, the package can go.
package closures
