package main

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// The units of metrics, see package sidebyside.
const (
	timeUnit       = "ns/op"
	allocsUnit     = "allocs/op"
	handTimeUnit   = "hand-ns/op"
	handAllocsUnit = "hand-allocs/op"
	ratioUnit      = "ratio"
	cTimeUnit      = "c-ns/op"
	cRatioUnit     = "c-ratio" // ours / the C module
	ownAllocsUnit  = "own-allocs/op"
)

// result is what one benchmark measured.
type result struct {
	name   string // Call/gopherlua/number
	values map[string]float64
}

// results are in the order of the run.
type results struct {
	list   []*result
	byName map[string]*result
}

// readResults reads the output of go test -bench. Of a benchmark that occurs twice the last figures count.
func readResults(r io.Reader) (*results, error) {
	all := &results{byName: map[string]*result{}}
	reader := benchfmt.NewReader(r, "benchmarks")
	for reader.Scan() {
		switch record := reader.Result().(type) {
		case *benchfmt.SyntaxError:
			return nil, record
		case *benchfmt.Result:
			all.add(record)
		}
	}
	if err := reader.Err(); err != nil {
		return nil, err
	}
	if len(all.list) == 0 {
		return nil, fmt.Errorf("no results of benchmarks")
	}
	return all, nil
}

func (all *results) add(record *benchfmt.Result) {
	base, _ := record.Name.Parts()
	name := string(base)
	for _, part := range parts(record) {
		name += part
	}
	res := all.byName[name]
	if res == nil {
		res = &result{name: name}
		all.list = append(all.list, res)
		all.byName[name] = res
	}
	res.values = map[string]float64{}
	for _, v := range record.Values {
		if v.OrigUnit != "" { // the library counts in seconds and bytes
			res.values[v.OrigUnit] = v.OrigValue
		} else {
			res.values[v.Unit] = v.Value
		}
	}
	ours, ok := res.values[allocsUnit]
	if hand, both := res.values[handAllocsUnit]; ok && both {
		res.values[ownAllocsUnit] = ours - hand
	}
}

// parts returns the parts of a benchmark's name after its base, without the number of processors.
func parts(record *benchfmt.Result) (names []string) {
	_, all := record.Name.Parts()
	for _, part := range all {
		if text := string(part); strings.HasPrefix(text, "/") {
			names = append(names, text)
		}
	}
	return names
}

// addC adds the time of the C module to a benchmark on each backend.
func (all *results) addC(call string, ns float64) {
	for _, res := range all.list {
		first, rest, _ := strings.Cut(res.name, "/")
		if _, of, ok := strings.Cut(rest, "/"); ok && first+"/"+of == call {
			res.values[cTimeUnit] = ns
			res.values[cRatioUnit] = res.values[timeUnit] / ns
		}
	}
}
