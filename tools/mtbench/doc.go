// Mtbench runs the benchmarks and reports which budgets are met:
//
//	mtbench [--quick] [--markdown FILE] [--svg FILE] [--save FILE] [--read FILE] [--compare FILE]
//
// The benchmarks are Go benchmarks in the packages that they measure. Each compares ours with a bridge written by hand,
// in turns within one run (package sidebyside). This package runs them with "go test" (measure.go), reads their output
// (results.go), puts them next to those of another run (compare.go), runs the same scripts on the C module if an installed Lua has it (cmodule.go), and writes a table
// (table.go) and a chart (chart.go). The budgets are in budgets.go. The exit status is 1 if a budget was missed or not
// measured, and 2 after a failure.
package main
