// Package mtmsg is the Lua module mtmsg, message buffers between threads, and the Go API for the same buffers. Like the
// core, it imports no VM.
//
// # Objects
//
// A [Store] finds buffers and listeners by id and name without keeping them alive. A [Buffer] is a queue of messages; a
// [Listener] receives the messages of several buffers. A [Writer] builds a message in parts, a [Reader] returns the
// values of one in parts. A [Notifier] is notified when messages are added or removed.
//
// # Threads
//
// Methods of stores, buffers and listeners may be called from any goroutine. A writer or reader belongs to one
// goroutine at a time. Waiting goroutines receive messages in the order in which they began to wait, and use no CPU
// until then. Messages of one sender arrive in order. A notifier runs in the goroutine that added or took the message,
// with no lock held.
//
// # Layout
//
// The messages of a buffer are in a queue (queue.go) made of two rings (ring.go); whose turn it is at a listener is in a feed
// (feed.go, turns.go). Both are sources. next (wait.go) takes a message from a source, and it is the only function that
// waits.
package mtmsg
