// Package soak has a test that lets several goroutines make, call, interrupt, close and drop states of all backends at once,
// with messages, threads and limits, for as long as its flag says. Afterwards no state, goroutine or byte more is left.
package soak
