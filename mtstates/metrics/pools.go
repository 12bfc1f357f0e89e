package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/mtstates/go-mtstates/mtstates"
)

// poolMetric is a number of a pool as a metric.
type poolMetric struct {
	desc   *prometheus.Desc
	kind   prometheus.ValueType
	value  func(s *mtstates.PoolStats) float64
	labels []string // behind that of the pool
}

var poolStatesDesc = prometheus.NewDesc("mtstates_pool_states", "States of the pool.", []string{"pool", "use"}, nil)

var poolMetrics = []poolMetric{
	{poolStatesDesc, prometheus.GaugeValue, func(s *mtstates.PoolStats) float64 { return float64(s.InUse) }, []string{"running"}},
	{poolStatesDesc, prometheus.GaugeValue, func(s *mtstates.PoolStats) float64 { return float64(s.Idle) }, []string{"idle"}},
	gauge("max_states", "Limit of the number of states.", func(s *mtstates.PoolStats) float64 { return float64(s.Max) }),
	gauge("waiting_calls", "Calls that wait for a state of the pool.", func(s *mtstates.PoolStats) float64 { return float64(s.Waiting) }),
	counter("calls_total", "Calls of the pool.", func(s *mtstates.PoolStats) float64 { return float64(s.Calls) }),
	counter("errors_total", "Calls that failed.", func(s *mtstates.PoolStats) float64 { return float64(s.Errors) }),
	counter("waits_total", "Calls that had to wait for a state.", func(s *mtstates.PoolStats) float64 { return float64(s.Waits) }),
	counter("wait_seconds_total", "Time that calls have waited for a state.", func(s *mtstates.PoolStats) float64 { return s.WaitTime.Seconds() }),
	counter("created_states_total", "States that were made.", func(s *mtstates.PoolStats) float64 { return float64(s.Created) }),
	counter("discarded_states_total", "States that were closed.", func(s *mtstates.PoolStats) float64 { return float64(s.Discarded) }),
}

func gauge(name, help string, value func(*mtstates.PoolStats) float64) poolMetric {
	return poolMetric{poolDesc(name, help), prometheus.GaugeValue, value, nil}
}

func counter(name, help string, value func(*mtstates.PoolStats) float64) poolMetric {
	return poolMetric{poolDesc(name, help), prometheus.CounterValue, value, nil}
}

func poolDesc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("mtstates_pool_"+name, help, []string{"pool"}, nil)
}

// collectPools collects the numbers of the pools that are not closed. Pools of one name, or without one, count as one.
func (c *Collector) collectPools(metrics chan<- prometheus.Metric) {
	byName := map[string]*mtstates.PoolStats{}
	for p := range c.states.Pools() {
		name, _ := p.Name()
		if byName[name] == nil {
			byName[name] = &mtstates.PoolStats{}
		}
		add(byName[name], p.Stats())
	}
	for name, s := range byName {
		for _, m := range poolMetrics {
			metrics <- prometheus.MustNewConstMetric(m.desc, m.kind, m.value(s), append([]string{name}, m.labels...)...)
		}
	}
}

// add adds the numbers of a pool that the metrics show.
func add(sum *mtstates.PoolStats, s mtstates.PoolStats) {
	for _, n := range []struct{ to, from *int }{
		{&sum.Max, &s.Max}, {&sum.Idle, &s.Idle}, {&sum.InUse, &s.InUse}, {&sum.Waiting, &s.Waiting},
	} {
		*n.to += *n.from
	}
	for _, n := range []struct{ to, from *int64 }{
		{&sum.Calls, &s.Calls}, {&sum.Errors, &s.Errors}, {&sum.Waits, &s.Waits}, {&sum.Created, &s.Created},
		{&sum.Discarded, &s.Discarded}, {(*int64)(&sum.WaitTime), (*int64)(&s.WaitTime)},
	} {
		*n.to += *n.from
	}
}
