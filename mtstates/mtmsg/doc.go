// Package mtmsg is the Lua module mtmsg, message buffers between threads, and the Go API for the same buffers. Like the
// core it imports no VM.
//
// # Objects
//
// A [Store] knows buffers and listeners by id and name without keeping them alive. A [Buffer] is a queue of messages; a
// [Listener] receives those of several buffers. A [Writer] makes a message from parts, a [Reader] gives one out in
// parts. A [Notifier] is told when messages come or go.
//
// # Threads
//
// All methods of stores, buffers and listeners may be called from any goroutine; a writer or reader belongs to one
// goroutine at a time. Waiting for a message is first come, first served, and costs nothing while it lasts. Messages of
// one sender arrive in their order. A notifier is notified without any lock, in the goroutine that added or took the
// message.
//
// # Where things are
//
// A buffer's messages are in a queue (queue.go) of two rings (ring.go), a listener's order of arrival in a feed
// (feed.go); both are sources. next (wait.go) takes a message from a source, and is the only function that waits.
package mtmsg
