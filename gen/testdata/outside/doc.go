// Package outside is a program that uses mtgen from outside of its repository: spec/modules has a Lua module for it, and
// spec/vms a backend for a VM of its own. "go generate" brings what is generated from them up to date.
package outside

//go:generate go tool mtgen
