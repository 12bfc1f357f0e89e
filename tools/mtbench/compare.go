package main

import (
	"fmt"
	"math"
	"os"

	"github.com/jedib0t/go-pretty/v6/table"
)

// noise is by how many per cent two runs on the same machine differ without a reason.
const noise = 5

// comparisonTable shows the time of each benchmark in two runs. Where both have a bridge by hand, its time tells whether
// the machine was as fast, and the last column leaves that out.
func comparisonTable(before, after *results) table.Writer {
	t := newTable(2, 5)
	t.AppendHeader(table.Row{"benchmark", "before", "now", "change", "by ratio", "more than noise"})
	for _, now := range after.list {
		old := before.byName[now.name]
		if old == nil {
			t.AppendRow(table.Row{now.name, "", cell(now, timeUnit), "", "", "new"})
			continue
		}
		change, measured := relative(old, now, timeUnit)
		byRatio, comparable := relative(old, now, ratioUnit)
		if comparable {
			change, measured = byRatio, true
		}
		t.AppendRow(table.Row{
			now.name, cell(old, timeUnit), cell(now, timeUnit), percent(old, now, timeUnit), percent(old, now, ratioUnit),
			verdictOf(change, measured),
		})
	}
	for _, old := range before.list {
		if after.byName[old.name] == nil {
			t.AppendRow(table.Row{old.name, cell(old, timeUnit), "", "", "", "gone"})
		}
	}
	return t
}

// relative returns the change of a figure as a part of what it was before.
func relative(old, now *result, unit string) (change float64, measured bool) {
	a, b := old.values[unit], now.values[unit]
	if a == 0 || b == 0 {
		return 0, false
	}
	return b/a - 1, true
}

func percent(old, now *result, unit string) string {
	change, measured := relative(old, now, unit)
	if !measured {
		return ""
	}
	return fmt.Sprintf("%+.1f %%", 100*change)
}

func verdictOf(change float64, measured bool) string {
	switch {
	case !measured || math.Abs(math.Round(100*change)) <= noise:
		return ""
	case change < 0:
		return "faster"
	}
	return "SLOWER"
}

func cell(res *result, unit string) string {
	if value, ok := res.values[unit]; ok {
		return number(value)
	}
	return ""
}

// readFile reads the results that a run has saved.
func readFile(name string) (*results, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readResults(f)
}
