// Package profiling writes profiles of the Lua code that the states, threads and scripts of a registry run, for
// "go tool pprof" and all that reads its format:
//
//	err := profiling.Write(ctx, states, file) // until ctx ends
//
// A sample is taken a hundred times a second. Functions have the files and lines of their chunks, and each sample the labels
// "state" (the name of the state, its id if it has none), "thread" (the id of a thread of llthreads2) and "backend":
//
//	go tool pprof -top lua.pprof
//	go tool pprof -tagroot state -http localhost:8080 lua.pprof
//
// What is measured is the time in which code runs, or is ready to: not waits. For the time of Go code, by states as well, see
// [mtstates.WithProfileLabels].
//
// Any program may import this package. It is one of its own so that the core links nothing of pprof.
package profiling

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/pprof/profile"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// Interval is the time between two samples of a state.
const Interval = 10 * time.Millisecond

// Write samples what a registry runs until ctx ends, and writes the profile to w. The error is [mtstates.ErrSampling] while
// another profile is being written, or that of w.
func Write(ctx context.Context, r *mtstates.Registry, w io.Writer) error {
	start := time.Now()
	b := newBuilder()
	if err := r.Sample(ctx, Interval, b.add); err != nil {
		return err
	}
	return b.profile(start).Write(w)
}

// builder collects samples. Those with the same stack and labels become one.
type builder struct {
	mu        sync.Mutex
	result    *profile.Profile
	samples   map[string]*profile.Sample
	functions map[functionKey]*profile.Function
	locations map[locationKey]*profile.Location
}

// functionKey tells functions apart: Lua functions by where they begin, Go functions by their names.
type functionKey struct {
	source string
	line   int
	name   string
}

type locationKey struct {
	function uint64
	line     int
}

func newBuilder() *builder {
	ns := &profile.ValueType{Type: "time", Unit: "nanoseconds"}
	return &builder{
		result: &profile.Profile{
			SampleType: []*profile.ValueType{{Type: "samples", Unit: "count"}, ns},
			PeriodType: ns, Period: Interval.Nanoseconds(), DefaultSampleType: ns.Type,
			Mapping: []*profile.Mapping{{ID: 1, File: "Lua", HasFunctions: true, HasFilenames: true, HasLineNumbers: true}},
		},
		samples:   map[string]*profile.Sample{},
		functions: map[functionKey]*profile.Function{},
		locations: map[locationKey]*profile.Location{},
	}
}

// add adds a sample. Those that come after the end are lost.
func (b *builder) add(s mtstates.Sample) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.samples == nil {
		return
	}
	var stack []*profile.Location
	labels := map[string][]string{"backend": {s.Backend.Name()}}
	key := s.Backend.Name()
	if s.State != nil {
		labels["state"] = []string{nameOf(s.State)}
		key += fmt.Sprint(" state ", s.State.ID())
	}
	if s.Thread != "" {
		labels["thread"] = []string{s.Thread}
		key += " thread " + s.Thread
	}
	for _, info := range s.Stack {
		if info.What == "tail" { // which does not say what it was
			continue
		}
		at := b.location(info)
		stack = append(stack, at)
		key += fmt.Sprint(" ", at.ID)
	}
	sum := b.samples[key]
	if sum == nil {
		sum = &profile.Sample{Location: stack, Label: labels, Value: []int64{0, 0}}
		b.samples[key] = sum
		b.result.Sample = append(b.result.Sample, sum)
	}
	sum.Value[0] += int64(s.Time / Interval)
	sum.Value[1] += s.Time.Nanoseconds()
}

func nameOf(st *mtstates.State) string {
	if name, named := st.Name(); named {
		return name
	}
	return strconv.FormatInt(st.ID(), 10)
}

func (b *builder) location(info backend.Info) *profile.Location {
	f := b.function(info)
	key := locationKey{f.ID, max(0, info.CurrentLine)}
	l := b.locations[key]
	if l == nil {
		l = &profile.Location{
			ID: uint64(len(b.result.Location) + 1), Mapping: b.result.Mapping[0],
			Line: []profile.Line{{Function: f, Line: int64(key.line)}},
		}
		b.locations[key] = l
		b.result.Location = append(b.result.Location, l)
	}
	return l
}

// function returns the function of a call. A Lua function has the name by which a sample has seen it called first.
func (b *builder) function(info backend.Info) *profile.Function {
	key := functionKey{source: info.Source, line: info.LineDefined}
	if info.What == "C" {
		key.name = info.Name
	}
	f := b.functions[key]
	if f == nil {
		f = &profile.Function{ID: uint64(len(b.result.Function) + 1), Filename: fileOf(info), StartLine: int64(max(0, info.LineDefined))}
		b.functions[key] = f
		b.result.Function = append(b.result.Function, f)
	}
	if f.SystemName == "" && info.What != "main" {
		f.SystemName = info.Name
	}
	if f.Name = f.SystemName; f.Name == "" {
		f.Name = nameless(info)
	}
	return f
}

// fileOf returns the name of the file, or what stands for it.
func fileOf(info backend.Info) string {
	switch {
	case info.What == "C":
		return "[Go]"
	case strings.HasPrefix(info.Source, "@"), strings.HasPrefix(info.Source, "="):
		return info.Source[1:]
	}
	return backend.ChunkID(info.Source)
}

func nameless(info backend.Info) string {
	switch info.What {
	case "C":
		return "[Go function]"
	case "main":
		return "main chunk of " + fileOf(info)
	}
	return fmt.Sprintf("function <%s:%d>", fileOf(info), info.LineDefined)
}

// profile returns the profile of what was added since start.
func (b *builder) profile(start time.Time) *profile.Profile {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.samples = nil
	b.result.TimeNanos, b.result.DurationNanos = start.UnixNano(), time.Since(start).Nanoseconds()
	return b.result
}
