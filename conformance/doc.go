// Package conformance is the suite that every backend passes. A backend's test is
//
//	func TestConformance(t *testing.T) { conformance.Run(t, mybackend.Backend) }
//
// Lua behaviour is in the scripts below cases: each begins with a header that says what it shows, which entries of the
// spec it proves and which capabilities it needs, and runs in a VM of the backend with all modules, with check
// (cases/check.lua) and with host (hostmodule.go). What only Go can see is in Go cases: the contract of package backend
// (contract_*.go), concurrency, and what a host chooses for a registry. They report to a recorder, so that they can be
// known to fail as well. The suite fails when an entry of the spec has no case.
//
// Each script prints something. The tests of this package run the suite on each backend and on each pair of backends,
// scripts on one and states on the other, and compare what the scripts print: addresses and ids are made the same
// first, and of a level of a traceback only its position counts (normal.go). Then they compare COVERAGE.md, the page that
// says which cases prove which entry and how they end on each backend. To write it anew:
//
//	go test ./conformance -run TestBackends -update
//
// The tests, and each run of the suite, fail when goroutines are left behind.
//
// Beside a script x.lua may stand x.out: what it must print, on every backend. The cases of the profile all have one, and
// what is in it was written down from the manual of Lua; a test compares it with PUC Lua 5.1 and 5.2 where they are
// installed. Where those differ, the header "like" names the one that the profile follows, or neither.
//
// A case that a VM fails through its own fault stands in known_failing.txt in the folder of the test, with the reason:
// a line "path: reason", or with the name of a Go case. It still runs; it is an error when it passes, and when a line
// names no case. On a pair of backends it may pass, because the other one may be the one that would fail. What a backend
// lacks by design is a capability in the spec instead.
//
// Only tests import this package.
package conformance
