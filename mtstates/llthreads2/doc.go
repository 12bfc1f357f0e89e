// Package llthreads2 is the Lua module llthreads2 (also llthreads2.ex): threads, each a goroutine with its own VM. Like
// the core, it imports no VM.
//
// # Threads
//
// A [Thread] is used by the VM that made it. The thread's own VM belongs to that maker until the start, then to the
// goroutine of the thread, and to the maker again when that has ended. Only an interrupt can reach it at any time.
//
// # Ownership
//
// The VM of a thread is closed as soon as nothing can ask for its results: by join, or at the end of a thread that
// failed or whose results are not wanted. If the last reference to a thread goes while it is not running, the Go
// collector frees the VM with it. A [Group] counts the threads that a program has to wait for and keeps none of them
// alive.
package llthreads2
