package arg

import "github.com/mtstates/go-mtstates/backend"

func BadSelf(backend.State, string, string) int { return 0 }

func String(_ backend.State, index, n int, function string) (v string)       { return }
func Integer(_ backend.State, index, n int, function string) (v int64)       { return }
func Number(_ backend.State, index, n int, function string) (v float64)      { return }
func AtLeast(_ backend.State, index, n int, function string, least float64)  {}
func Boolean(_ backend.State, index, n int, function string) (v bool)        { return }
func Any(_ backend.State, index, n int, function string) (i int)             { return }
func OneOf(backend.State, int, int, string, ...backend.Type) (i int)         { return }
func Union(backend.State, int, int, string, ...string) (i int)               { return }
func OptString(_ backend.State, index, n int, f string) (v string, ok bool)  { return }
func OptInteger(_ backend.State, index, n int, f string) (v int64, ok bool)  { return }
func OptNumber(_ backend.State, index, n int, f string) (v float64, ok bool) { return }
func OptBoolean(_ backend.State, index, n int, f string) (v bool, ok bool)   { return }
