// Package toy adapts the VM of package toylua to the contract of go-mtstates. The adapter itself is generated from
// spec/vms/toy.yaml; what its expressions do not say is in this package. The VM has no faults that need repairs, so this
// is all that a backend costs.
package toy
