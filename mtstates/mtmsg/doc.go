// Package mtmsg is the Lua module mtmsg, message buffers between threads, and the Go API for the same buffers. Like the
// core it imports no VM.
//
// A [Store] knows buffers by id and name without keeping them alive. All methods may be called from any goroutine.
// Waiting for a message is first come, first served, and costs nothing while it lasts.
package mtmsg
