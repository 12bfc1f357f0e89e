// Package stdlib has the standard libraries: base, package, string, table, math, os, io and debug. Each function is written
// once, as a backend.Function over backend.VM, and so gives the same results and the same messages with every backend.
// Adapters make a [Set] of them and open it in each new VM; nothing else imports the package. An adapter adds what no
// operation of the contract says (pcall, coroutines, environments), and may keep a function of its VM that is right and
// faster.
//
// Where Lua 5.1 and 5.2 differ, the functions follow spec/profile.yaml, which is mostly Lua 5.2.
//
// # Rules
//
// The functions are shared by all states and threads, so they hold nothing. What belongs to a state, such as the seed of
// math.random, is kept in the state (Env.Keep).
//
// A function that makes a string asks for its size first, and raises the memory error when it is beyond Env.MaxString:
// memory is allocated for strings that may exist only.
//
// The tables of the libraries are filled on use, see open.go.
package stdlib
