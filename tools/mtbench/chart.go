package main

import (
	"errors"
	"math"
	"os"
	"strings"

	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// charted are the benchmarks in the chart: those that do with states what one does by hand with VMs.
var charted = []string{"Call/", "NewState/"}

// colors are those of the backends, in the order in which they appear.
var colors = []string{"3b7dd8", "e08e2b", "4ca66b", "a05fb4"}

// writeChart writes a chart of the benchmarks that have a counterpart by hand: our time divided by its time.
func writeChart(file string, all *results) error {
	var bars []chart.Value
	highest := 1.0
	backends := map[string]drawing.Color{}
	for _, res := range all.list {
		ratio, ok := res.values[ratioUnit]
		if !ok || !isCharted(res.name) {
			continue
		}
		backend := strings.Split(res.name, "/")[1]
		if _, known := backends[backend]; !known {
			backends[backend] = drawing.ColorFromHex(colors[len(backends)%len(colors)])
		}
		bars = append(bars, chart.Value{Label: res.name + " " + number(ratio), Value: ratio,
			Style: chart.Style{FillColor: backends[backend], StrokeColor: backends[backend]}})
		highest = max(highest, ratio)
	}
	if len(bars) == 0 {
		return errors.New("no benchmark has a ratio to draw")
	}
	const barWidth, spacing = 20, 14
	top := math.Ceil(2*highest) / 2
	var ticks []chart.Tick
	for at := 0.0; at <= top; at += 0.5 {
		ticks = append(ticks, chart.Tick{Value: at, Label: number(at)})
	}
	graph := chart.BarChart{
		Title:        "Time of a call, or of a new state, by that of a bridge written by hand (less is faster)",
		TitleStyle:   chart.Style{FontSize: 11},
		Width:        len(bars)*(barWidth+spacing) + 100,
		Height:       520,
		BarWidth:     barWidth,
		BarSpacing:   spacing,
		Background:   chart.Style{Padding: chart.Box{Top: 40, Bottom: 130, Left: 10, Right: 10}},
		XAxis:        chart.Style{TextRotationDegrees: 90, FontSize: 8},
		YAxis:        chart.YAxis{Range: &chart.ContinuousRange{Min: 0, Max: top}, Ticks: ticks},
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

func isCharted(name string) bool {
	for _, prefix := range charted {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
