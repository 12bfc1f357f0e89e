//go:build mtstates_lua54

package cvm

// #cgo pkg-config: lua5.4
// #cgo CFLAGS: -O2
import "C"
