// Package sidebyside compares two ways of doing the same thing in one benchmark: ours, and what a competent programmer
// writes by hand. Only benchmarks import it.
//
// The two run in turns, in rounds, and the fastest round of each counts: other work on the machine slows down single
// rounds, not the figure. tools/mtbench reads the units:
//
//	ns/op       allocs/op          ours
//	hand-ns/op  hand-allocs/op     by hand
//	ratio                          ours / by hand
package sidebyside

import (
	"runtime"
	"testing"
	"time"
)

// The units of the metrics that the testing package does not report itself.
const (
	HandTime   = "hand-ns/op"
	HandAllocs = "hand-allocs/op"
	Ratio      = "ratio"
)

// rounds is the number of rounds of each side. There are many, so that each is shorter than the time slice of a
// process.
const rounds = 200

// Side does the thing n times.
type Side func(n int)

// Compare measures ours next to byHand.
func Compare(b *testing.B, ours, byHand Side) {
	b.ReportAllocs()
	fastest := Rounds(b, ours, byHand)
	b.ReportMetric(fastest[0], "ns/op")
	b.ReportMetric(fastest[1], HandTime)
	b.ReportMetric(fastest[0]/fastest[1], Ratio)
	objects, bytes := Allocs(ours)
	b.ReportMetric(objects, "allocs/op")
	b.ReportMetric(bytes, "B/op")
	objects, _ = Allocs(byHand)
	b.ReportMetric(objects, HandAllocs)
}

// Alone measures a side that has no counterpart by hand, in the same way.
func Alone(b *testing.B, ours Side) {
	b.ReportAllocs()
	b.ReportMetric(Rounds(b, ours)[0], "ns/op")
	objects, bytes := Allocs(ours)
	b.ReportMetric(objects, "allocs/op")
	b.ReportMetric(bytes, "B/op")
}

// Rounds runs the sides in turns, together b.N times each, and returns for each the nanoseconds per operation of its
// fastest round.
func Rounds(b *testing.B, sides ...Side) []float64 {
	fastest := make([]float64, len(sides))
	n := max(1, b.N/rounds)
	b.ResetTimer()
	for round := 0; round == 0 || round < rounds && (round+1)*n <= b.N; round++ {
		for i := range sides {
			i = (i + round) % len(sides) // no side always runs after the same other one
			start := time.Now()
			sides[i](n)
			perOp := float64(time.Since(start)) / float64(n)
			if round == 0 || perOp < fastest[i] {
				fastest[i] = perOp
			}
		}
	}
	b.StopTimer()
	return fastest
}

// Allocs returns the number of objects and bytes that the side allocates per operation.
func Allocs(side Side) (objects, bytes float64) {
	const n = 200
	side(1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	side(n)
	runtime.ReadMemStats(&after)
	// Whole numbers, as the testing package has them: the loop around allocates a little as well.
	return float64((after.Mallocs - before.Mallocs) / n), float64((after.TotalAlloc - before.TotalAlloc) / n)
}
