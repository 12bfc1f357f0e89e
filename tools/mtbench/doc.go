// Mtbench runs the benchmarks and says which budgets are met:
//
//	mtbench [--quick] [--markdown FILE] [--svg FILE] [--save FILE] [--read FILE]
//
// The benchmarks are Go's, in the packages that they measure; each compares ours with a bridge written by hand, in
// turns within one run (package sidebyside). This package runs them with "go test" (measure.go), reads their output
// (results.go), runs the same scripts on the C module where an installed Lua has it (cmodule.go), and writes a table
// (table.go) and a chart (chart.go). The budgets are in budgets.go. The exit status is 1 when one is missed or was not
// measured, 2 when something fails.
package main
