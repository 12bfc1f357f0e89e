// Package bytecode has the instructions of go-lua, and those that package instructions adds to them. Only package golua
// and its repairs import it.
//
// It goes when no repair makes or reads code any more.
package bytecode
