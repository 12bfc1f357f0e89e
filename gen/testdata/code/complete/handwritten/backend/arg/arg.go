package arg

import "github.com/mtstates/go-mtstates/backend"

func BadSelf(backend.VM, string, string) int { return 0 }

func String(_ backend.VM, index, n int, function string) (v string)       { return }
func Integer(_ backend.VM, index, n int, function string) (v int64)       { return }
func Number(_ backend.VM, index, n int, function string) (v float64)      { return }
func AtLeast(_ backend.VM, index, n int, function string, least float64)  {}
func Boolean(_ backend.VM, index, n int, function string) (v bool)        { return }
func Any(_ backend.VM, index, n int, function string) (i int)             { return }
func OneOf(backend.VM, int, int, string, ...backend.Type) (i int)         { return }
func Union(backend.VM, int, int, string, ...string) (i int)               { return }
func OptString(_ backend.VM, index, n int, f string) (v string, ok bool)  { return }
func OptInteger(_ backend.VM, index, n int, f string) (v int64, ok bool)  { return }
func OptNumber(_ backend.VM, index, n int, f string) (v float64, ok bool) { return }
func OptBoolean(_ backend.VM, index, n int, f string) (v bool, ok bool)   { return }
