//go:build mtstates_luajit

package cvm

// #cgo pkg-config: luajit
// #cgo CFLAGS: -O2 -include luajit.h
import "C"
