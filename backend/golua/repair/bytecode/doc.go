// Package bytecode reads and writes the binary form of go-lua's functions, for the repairs that change code. Only package
// golua and its repairs import it.
//
// It goes when no repair changes code any more.
package bytecode
