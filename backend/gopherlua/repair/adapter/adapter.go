// Package adapter has the functions of package gopherlua that its repairs need. That package sets them before the first
// state. Only package gopherlua and its repairs import it.
package adapter

import lua "github.com/yuin/gopher-lua"

var (
	// RaiseValue raises a value as an error. It does not return.
	RaiseValue func(l *lua.LState, value lua.LValue) int
	// Throw raises the value on the top of the stack as an error of the VM.
	Throw func(l *lua.LState)
	// Uncaught takes an error that nothing in a coroutine will catch.
	Uncaught func(l *lua.LState, err *lua.ApiError)
	// CheckSize raises the memory error if a string of so many bytes is too long for the state.
	CheckSize func(l *lua.LState, size int)
	// Where returns "chunk:line: " for the function at a level, or nothing if it is not written in Lua.
	Where func(l *lua.LState, level int) string
	// TypeName returns how messages name the type of the value at index.
	TypeName func(l *lua.LState, index int) string
	// TypeNameOf returns how messages name the type of a value.
	TypeNameOf func(v lua.LValue) string
	// ToNumber converts strings as tonumber does.
	ToNumber func(l *lua.LState, index int) (float64, bool)
	// PollWeak clears weak tables now and then.
	PollWeak = func(l *lua.LState) {}
)

// SharedFunction returns a Go function that all states may use. Nothing writes to it, because no script gets hold of
// it: only the VM calls it, and it calls no Lua code.
func SharedFunction(f lua.LGFunction) *lua.LFunction {
	return &lua.LFunction{IsG: true, Env: NoEnvironment, GFunction: f}
}

// NoEnvironment is the environment of shared functions.
var NoEnvironment = &lua.LTable{Metatable: lua.LNil}
