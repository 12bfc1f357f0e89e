// Package toylua is a small Lua 5.2 without coroutines: source is parsed by gopher-lua's parser and compiled into Go
// closures (compile.go, statements.go), which run over a [State]. It knows nothing of go-mtstates. Its interface is what a
// VM in Go would have by itself; package toy adapts it.
//
// Values are Go values: nil, bool, float64, string, [Light], *[Table], *[Function] and *[Userdata]. A Go function finds its
// arguments on the stack of the State, from index 1 on, pushes its results and returns their number.
package toylua
