package main

import (
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// textTable returns the results and the verdicts for a terminal.
func textTable(all *results, verdicts []verdict) string {
	return resultTable(all).Render() + "\n\n" + verdictTable(verdicts).Render() + "\n"
}

// markdownTable returns the same as Markdown.
func markdownTable(all *results, verdicts []verdict) string {
	return "# Benchmarks\n\nTimes are nanoseconds per operation, of the fastest of many rounds.\n\n" +
		resultTable(all).RenderMarkdown() + "\n\n# Budgets\n\n" + verdictTable(verdicts).RenderMarkdown() + "\n"
}

// columns are those of the table of results: a title, and the unit in it.
var columns = []struct{ title, unit string }{
	{"ours", timeUnit}, {"by hand", handTimeUnit}, {"ratio", ratioUnit},
	{"allocs", allocsUnit}, {"by hand", handAllocsUnit}, {"C module", cTimeUnit}, {"ratio", cRatioUnit},
}

func resultTable(all *results) table.Writer {
	t := newTable(2, len(columns)+1)
	header := table.Row{"benchmark"}
	for _, c := range columns {
		header = append(header, c.title)
	}
	t.AppendHeader(append(header, "more"))
	for _, res := range all.list {
		row := table.Row{res.name}
		for _, c := range columns {
			row = append(row, cell(res, c.unit))
		}
		t.AppendRow(append(row, more(res)))
	}
	return t
}

// more lists the metrics that have no column.
func more(res *result) string {
	var list []string
	for _, unit := range []string{memoryUnit, speedupUnit, handSpeedupUnit, "ns/call"} {
		if value, ok := res.values[unit]; ok {
			list = append(list, number(value)+" "+unit)
		}
	}
	return strings.Join(list, ", ")
}

func verdictTable(verdicts []verdict) table.Writer {
	t := newTable(3, 3)
	t.AppendHeader(table.Row{"benchmark", "budget", "measured", "verdict"})
	for _, v := range verdicts {
		cell := ""
		if v.state == met || v.state == missed {
			cell = number(v.value)
		}
		t.AppendRow(table.Row{v.benchmark, v.budget.String(), cell, string(v.state)})
	}
	return t
}

// newTable returns a table with its columns from first to last aligned to the right.
func newTable(first, last int) table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	var configs []table.ColumnConfig
	for i := first; i <= last; i++ {
		configs = append(configs, table.ColumnConfig{Number: i, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(configs)
	return t
}

// number writes a figure with three digits, or with all digits before the point if there are more.
func number(v float64) string {
	switch {
	case v == float64(int64(v)):
		return strconv.FormatInt(int64(v), 10)
	case v < 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case v < 100:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}
