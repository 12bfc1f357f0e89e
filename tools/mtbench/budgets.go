package main

import "fmt"

// budget is a limit on one figure of one benchmark.
type budget struct {
	benchmark, unit string
	limit           float64
	atLeast         bool // instead of at most
	optional        bool // not every machine can measure it
	long            bool // not measured with --quick
}

func (b budget) String() string {
	sign := "≤"
	if b.atLeast {
		sign = "≥"
	}
	return fmt.Sprintf("%s %s %s", b.unit, sign, number(b.limit))
}

var budgets = []budget{
	{benchmark: "Call/gopherlua/number", unit: ratioUnit, limit: 1.10},
	{benchmark: "Call/golua/number", unit: ratioUnit, limit: 1.10},
	{benchmark: "Call/gopherlua/number", unit: ownAllocsUnit, limit: 0},
	{benchmark: "Call/golua/number", unit: ownAllocsUnit, limit: 0},
	{benchmark: "Call/gopherlua/number", unit: cRatioUnit, limit: 1.0, optional: true},
	{benchmark: "NewState/gopherlua/libs/function", unit: timeUnit, limit: 20_000},
	{benchmark: "NewState/golua/libs/function", unit: timeUnit, limit: 40_000},
	{benchmark: "Memory/gopherlua/libs", unit: memoryUnit, limit: 12 << 10},
	{benchmark: "Memory/golua/libs", unit: memoryUnit, limit: 8 << 10},
	{benchmark: "Lookup/states=1/go/id", unit: timeUnit, limit: 200},
	{benchmark: "Lookup/states=1/go/name", unit: timeUnit, limit: 200},
	{benchmark: "Lookup/states=1/gopherlua/id", unit: timeUnit, limit: 200},
	{benchmark: "Lookup/states=1/gopherlua/name", unit: timeUnit, limit: 200},
	{benchmark: "Lookup/states=1/golua/id", unit: timeUnit, limit: 200},
	{benchmark: "Lookup/states=1/golua/name", unit: timeUnit, limit: 200},
	{benchmark: "Lookup/states=1000000/go/id", unit: timeUnit, limit: 200, long: true},
	{benchmark: "Lookup/states=1000000/go/name", unit: timeUnit, limit: 200, long: true},
	{benchmark: "Lookup/states=1000000/gopherlua/id", unit: timeUnit, limit: 200, long: true},
	{benchmark: "Lookup/states=1000000/gopherlua/name", unit: timeUnit, limit: 200, long: true},
	{benchmark: "Lookup/states=1000000/golua/id", unit: timeUnit, limit: 200, long: true},
	{benchmark: "Lookup/states=1000000/golua/name", unit: timeUnit, limit: 200, long: true},
	{benchmark: "Threads/gopherlua/threads=2", unit: speedupUnit, limit: 1.95, atLeast: true},
	{benchmark: "Threads/golua/threads=2", unit: speedupUnit, limit: 1.95, atLeast: true},
}

const (
	memoryUnit      = "live-B/state"
	speedupUnit     = "speedup"
	handSpeedupUnit = "hand-speedup" // of the bridge by hand: what the machine can do at the moment
)

type state string

const (
	met         state = "met"
	missed      state = "MISSED"
	notMeasured state = "NOT MEASURED"
	skipped     state = "not measured here"
)

// verdict is a budget and how it was kept.
type verdict struct {
	budget
	value float64
	state state
}

// judge compares each budget with what was measured, in a quick run or a whole one.
func judge(all *results, quick bool) []verdict {
	var verdicts []verdict
	for _, b := range budgets {
		v := verdict{budget: b, state: notMeasured}
		if res := all.byName[b.benchmark]; res != nil {
			if value, ok := res.values[b.unit]; ok {
				v.value, v.state = value, met
				if b.atLeast && value < b.limit || !b.atLeast && value > b.limit {
					v.state = missed
				}
			}
		}
		if v.state == notMeasured && (b.optional || b.long && quick) {
			v.state = skipped
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}
