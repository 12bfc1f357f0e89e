// Package protect is what go-lua's protected call does to the VM, without its objects: the VM's own makes five each time,
// and lets Go panics through whose value is not an error. Only package golua imports it.
//
// When the VM's ProtectedCall contains all panics at the cost of a recover, the package can go.
package protect
