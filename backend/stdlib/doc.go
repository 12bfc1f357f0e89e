// Package stdlib has the standard libraries: base, package, string, table, math, os, io and debug. Each function is
// written once, as a backend.Function over backend.VM, so results and messages are the same with every backend.
// Adapters make a [Set] of them and open it in each new VM; nothing else imports the package. An adapter adds the
// functions that operations of the contract cannot express (pcall, coroutines, environments), and may keep a function
// of its VM that is right and faster.
//
// Where Lua 5.1 and 5.2 differ, the functions follow spec/profile.yaml, which is mostly Lua 5.2.
//
// # Rules
//
// The functions are shared by all states and threads, so they have no data. Data that belongs to a state, such as the
// seed of math.random, is kept in the state (Env.Keep).
//
// A function that makes a string first checks its size, and raises the memory error if it is beyond Env.MaxString:
// memory is only allocated for strings that are allowed.
//
// The tables of the libraries are filled on use, see open.go.
package stdlib
