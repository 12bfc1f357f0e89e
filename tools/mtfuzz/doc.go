// Mtfuzz looks for what the VMs get wrong: it writes random Lua programs, runs each on every backend and on PUC Lua where
// that is installed, and compares what they print:
//
//	mtfuzz [--seed N] [--first N] [--count N] [--shrink] [--puc auto|off] [--print] [file...]
//
// A difference is shown once per kind and text, with the seed and number of its program, and with --shrink as the smallest
// program that still shows it. Where Lua 5.1 and 5.2 differ, either is right, line by line. With files it compares those
// instead, as a conformance case or a finding may need.
//
// Programs run in processes of their own (compare.Worker), which mtfuzz starts anew when a program ends one.
//
// Program (internal/program) writes programs, compare (internal/compare) runs and judges them, shrink (internal/shrink)
// makes them smaller. The fuzz target FuzzPrograms does the same under "go test -fuzz", without PUC Lua.
//
// The exit status is 1 when there is a difference that is not explained, 2 when something fails.
package main
