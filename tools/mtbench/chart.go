package main

import (
	"errors"
	"os"

	"github.com/wcharczuk/go-chart/v2"
)

// writeChart writes a chart of the benchmarks that have a counterpart by hand: our time divided by its time.
func writeChart(file string, all *results) error {
	var bars []chart.Value
	highest := 1.0
	for _, res := range all.list {
		if ratio, ok := res.values[ratioUnit]; ok {
			bars = append(bars, chart.Value{Label: res.name + " " + number(ratio), Value: ratio})
			highest = max(highest, ratio)
		}
	}
	if len(bars) == 0 {
		return errors.New("no benchmark has a ratio to draw")
	}
	const barWidth, spacing = 24, 20
	graph := chart.BarChart{
		Title:        "Time of a call by that of a bridge written by hand",
		Width:        len(bars)*(barWidth+spacing) + 120,
		Height:       560,
		BarWidth:     barWidth,
		BarSpacing:   spacing,
		Background:   chart.Style{Padding: chart.Box{Top: 50, Bottom: 20, Left: 20, Right: 20}},
		XAxis:        chart.Style{TextRotationDegrees: 90, FontSize: 8},
		YAxis:        chart.YAxis{Range: &chart.ContinuousRange{Min: 0, Max: highest}},
		UseBaseValue: true,
		BaseValue:    0,
		Bars:         bars,
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(graph.Render(chart.SVG, f), f.Close())
}
