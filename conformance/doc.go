// Package conformance is the suite that every backend passes. A backend's test is
//
//	func TestConformance(t *testing.T) { conformance.Run(t, mybackend.Backend) }
//
// or with the option Core one without the cases that are only about the Lua of a VM.
//
// Lua behaviour is in the scripts below cases. Each begins with a header: what it shows, which entries of the spec it
// proves and which capabilities it needs. It runs in a VM of the backend with all modules, with check (cases/check.lua)
// and with host (hostmodule.go). What only Go can see is in Go cases: the contract of package backend (contract_*.go),
// concurrency, and the options of a registry. They report to a recorder instead of a *testing.T, because they too may
// be known to fail. The tests of this package fail when an entry of the spec has no case.
//
// Each script prints something. The tests of this package run the suite on each backend and on each pair of backends,
// scripts on one and states on the other, and compare the output. Before that, addresses and ids are made equal, and of
// a level of a traceback only its position is kept (normal.go). Then they compare COVERAGE.md, the page that shows
// which cases prove which entry and how they end on each backend. To update it:
//
//	go test ./conformance -run TestBackends -update
//
// The tests, and each run of the suite, fail when goroutines are left behind.
//
// A file x.out beside a script x.lua has the output that the script must have on every backend. All cases of the
// profile have one, which was written from the manual of Lua; a test compares it with PUC Lua 5.1 and 5.2 where they
// are installed. Where those differ, the header "like" names the one that the profile follows, or neither.
//
// A case that a VM fails through its own fault is a line "name: reason" in known_failing.txt, in the folder of the
// test. The name is the path of a script or the name of a Go case. The case still runs, and it is an error if it passes
// or if a line names no case. On a pair of backends such a case may pass, because the other backend may be the one that
// would fail. What a backend lacks by design is a capability in the spec instead.
//
// Only tests import this package.
package conformance
