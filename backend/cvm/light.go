//go:build mtstates_lua54 || mtstates_luajit

package cvm

import (
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// lights are the Go values of light userdata, and their numbers: C has no room for a Go value, and any VM may hold one for
// ever. A number is one more than an index, because a null pointer is no light userdata of ours.
var lights struct {
	sync.RWMutex
	numbers map[any]uintptr
	values  []any
}

func lightNumber(l backend.LightUserdata) uintptr {
	lights.RLock()
	n, ok := lights.numbers[l.Pointer]
	lights.RUnlock()
	if ok {
		return n
	}
	lights.Lock()
	defer lights.Unlock()
	if n, ok := lights.numbers[l.Pointer]; ok {
		return n
	}
	if lights.numbers == nil {
		lights.numbers = map[any]uintptr{}
	}
	lights.values = append(lights.values, l.Pointer)
	n = uintptr(len(lights.values))
	lights.numbers[l.Pointer] = n
	return n
}

// lightAt returns the light userdata with a number; ok is false for one that a library of the VM has made.
func lightAt(n uintptr) (v backend.Value, ok bool) {
	lights.RLock()
	defer lights.RUnlock()
	if n == 0 || n > uintptr(len(lights.values)) {
		return v, false
	}
	return backend.LightValue(backend.LightUserdata{Pointer: lights.values[n-1]}), true
}
