// Package llthreads2 is the Lua module llthreads2 (also llthreads2.ex): threads, each a goroutine with a VM of its own.
// Like the core it imports no VM.
//
// A thread's VM belongs to its goroutine while it runs, and to whoever has joined it afterwards. A [Group] counts the
// threads that a program has to wait for.
package llthreads2
