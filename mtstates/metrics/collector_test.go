package metrics_test

import (
	"errors"
	"io"
	"maps"
	"runtime"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/metrics"
)

const want = `
# HELP mtstates_pool_calls_total Calls of the pool.
# TYPE mtstates_pool_calls_total counter
mtstates_pool_calls_total{pool=""} 3
mtstates_pool_calls_total{pool="web"} 2
# HELP mtstates_pool_errors_total Calls that failed.
# TYPE mtstates_pool_errors_total counter
mtstates_pool_errors_total{pool=""} 0
mtstates_pool_errors_total{pool="web"} 1
# HELP mtstates_pool_max_states Limit of the number of states.
# TYPE mtstates_pool_max_states gauge
mtstates_pool_max_states{pool=""} 5
mtstates_pool_max_states{pool="web"} 1
# HELP mtstates_pool_states States of the pool.
# TYPE mtstates_pool_states gauge
mtstates_pool_states{pool="",use="idle"} 3
mtstates_pool_states{pool="",use="running"} 0
mtstates_pool_states{pool="web",use="idle"} 0
mtstates_pool_states{pool="web",use="running"} 1
# HELP mtstates_states Living states.
# TYPE mtstates_states gauge
mtstates_states{use="idle"} 4
mtstates_states{use="running"} 1
# HELP mtstates_waiting_calls Calls that wait for a state.
# TYPE mtstates_waiting_calls gauge
mtstates_waiting_calls 0
`

func TestCollector(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			registerer := prometheus.NewPedanticRegistry()
			r := hosttest.Registry(t, b, mtstates.WithGo("metrics", map[string]any{"compare": func() error {
				return testutil.GatherAndCompare(registerer, strings.NewReader(want), "mtstates_states", "mtstates_waiting_calls",
					"mtstates_pool_states", "mtstates_pool_max_states", "mtstates_pool_calls_total", "mtstates_pool_errors_total")
			}}))
			registerer.MustRegister(metrics.NewCollector(r))
			st, _, err := r.NewState(t.Context(), "return function(x) return x + 1 end", mtstates.Named("single"))
			if err != nil {
				t.Fatal(err)
			}
			for _, arg := range []any{1, 2, "no number"} {
				if _, err := st.Call(t.Context(), arg); (err != nil) != (arg == "no number") {
					t.Error(err)
				}
			}
			pools := map[string]*mtstates.Pool{}
			for name, options := range map[string][]mtstates.PoolOption{
				"web": {mtstates.PoolSize(0, 1), mtstates.Named("web"), mtstates.WithStdout(io.Discard)}, "a": {mtstates.PoolSize(1, 2)}, "b": {mtstates.PoolSize(2, 3)},
			} {
				p, err := mtstates.NewPool(r, `return function(what)
					if what == "compare" then require("metrics").compare() elseif what then error("no") end
				end`, options...)
				if err != nil {
					t.Fatal(err)
				}
				pools[name] = p
			}
			for _, name := range []string{"a", "a", "b"} {
				if _, err := pools[name].Call(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if _, err := pools["web"].Call(t.Context(), "fail"); !errors.Is(err, mtstates.ErrInvokingState) {
				t.Error(err)
			}
			if _, err = pools["web"].Call(t.Context(), "compare"); err != nil {
				t.Error(err)
			}
			if got, want := durations(t, registerer), map[string]uint64{"": 6, "invoking_state": 2}; !maps.Equal(got, want) {
				t.Errorf("calls were measured by error as %v, want %v", got, want)
			}
			if problems, err := testutil.GatherAndLint(registerer); err != nil || len(problems) > 0 {
				t.Error(problems, err)
			}
			runtime.KeepAlive(st)
		})
	}
}

// durations returns how many calls were measured, by error.
func durations(t *testing.T, from prometheus.Gatherer) map[string]uint64 {
	families, err := from.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]uint64{}
	for _, f := range families {
		if f.GetName() != "mtstates_call_duration_seconds" {
			continue
		}
		for _, m := range f.GetMetric() {
			counts[m.GetLabel()[0].GetValue()] = m.GetHistogram().GetSampleCount()
		}
	}
	return counts
}
