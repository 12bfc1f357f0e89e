// Package conformance is the suite that every backend passes. A backend's test is
//
//	func TestConformance(t *testing.T) { conformance.Run(t, mybackend.Backend) }
//
// Lua behaviour is in the scripts below cases: each begins with a header that says what it shows, which entries of the
// spec it proves and which capabilities it needs, and runs in a VM of the backend with all modules. What only Go can
// see, the contract of package backend and concurrency, is in Go cases (contract*.go, go*.go). The suite fails when an
// entry of the spec has no case.
//
// Beside a script x.lua may stand x.out: what it must print, on every backend. The cases of the profile all have one, and
// what is in it was written down from the manual of Lua; a test compares it with PUC Lua 5.1 and 5.2 where they are
// installed. Where those differ, the header "like" names the one that the profile follows, or neither.
//
// A case that a VM fails through its own fault stands in known_failing.txt in the folder of the test, with the reason:
// a line "path: reason". It still runs; it is an error when it passes, and when a line names no case. What a backend
// lacks by design is a capability in the spec instead.
//
// Only tests import this package.
package conformance
