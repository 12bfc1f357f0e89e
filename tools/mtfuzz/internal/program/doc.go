// Package program writes random Lua programs. They are trees, so that they can be made smaller part by part (package
// shrink), and they are the same for the same choices.
//
// A program does what both Lua 5.1 and 5.2 define, in one of the two ways where they differ, and nothing that either
// leaves open: not the length of a list with holes, not the order of a traversal, no fractions where a library wants
// integers. What it does is seen by what it prints, through the functions of prelude.lua. It ends after few calls.
//
// The mtfuzz tool alone imports it.
package program

import _ "embed"

// Prelude is the Lua code that runs before a program: the functions that programs call to show values.
//
//go:embed prelude.lua
var Prelude string

// PreludeChunk and Chunk are the names under which the prelude and a program are compiled.
const (
	PreludeChunk = "=prelude"
	Chunk        = "=f"
)
