// Package llthreads2 is the Lua module llthreads2 (also llthreads2.ex): threads, each a goroutine with a VM of its own.
// Like the core it imports no VM.
//
// # Threads
//
// A [Thread] is used by the VM that made it. Its own VM belongs to that maker until the start, to the thread's goroutine
// while it runs, and to the maker again when it has ended. Only an interrupt reaches it at any time.
//
// # Ownership
//
// A thread's VM is closed as soon as nobody can ask for its results: by join, and at the end of a thread that failed or
// whose results nobody gets. When the last reference to a thread goes that does not run, the Go collector frees the VM
// with it. A [Group] counts the threads that a program has to wait for, and keeps none of them alive.
package llthreads2
