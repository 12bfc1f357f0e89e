// Package metrics shows a registry of states to Prometheus:
//
//	states, err := mtstates.NewRegistry(selected.Default())
//	...
//	prometheus.MustRegister(metrics.NewCollector(states))
//
// These are the metrics; those of pools have the name of the pool as label "pool", which is empty for pools without one:
//
//	mtstates_states                       living states, which are "idle" or "running" (label "use")
//	mtstates_waiting_calls                calls that wait for a state
//	mtstates_call_duration_seconds        histogram of calls, with the name of the error, such as "invoking_state", as
//	                                      label "error", which is empty for calls that succeed
//	mtstates_pool_states                  states of a pool, "idle" or "running"
//	mtstates_pool_max_states              the limit of their number
//	mtstates_pool_waiting_calls           calls that wait for a state of a pool
//	mtstates_pool_calls_total             calls of a pool, and uses by Do
//	mtstates_pool_errors_total            those that failed
//	mtstates_pool_waits_total             those that had to wait
//	mtstates_pool_wait_seconds_total      how long they waited
//	mtstates_pool_created_states_total    states that were made
//	mtstates_pool_discarded_states_total  states that were closed
//
// A program with several registries tells them apart by prometheus.WrapRegistererWith.
//
// Any program may import this package. It is one of its own so that the core links nothing of Prometheus.
package metrics

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/mtstates/go-mtstates/mtstates"
)

// Collector is a prometheus.Collector for one registry. All methods may be called from any goroutine.
type Collector struct {
	states *mtstates.Registry
	calls  *prometheus.HistogramVec
}

// NewCollector returns a collector for a registry. It measures the calls that begin from now on.
func NewCollector(states *mtstates.Registry) *Collector {
	c := &Collector{states, prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "mtstates_call_duration_seconds",
		Help: "Duration of calls of states.",
		// Calls take from less than a microsecond to seconds.
		Buckets: prometheus.ExponentialBuckets(1e-6, 4, 13),
	}, []string{"error"})}
	states.AddCallHook(c.call)
	return c
}

func (c *Collector) call(context.Context, *mtstates.State) (context.Context, func(error)) {
	begin := time.Now()
	return nil, func(err error) {
		c.calls.WithLabelValues(errorLabel(err)).Observe(time.Since(begin).Seconds())
	}
}

// errorLabel returns the short name of an error of a call.
func errorLabel(err error) string {
	var e *mtstates.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Name()[strings.LastIndexByte(e.Name(), '.')+1:]
	}
	return "other"
}

// Describe implements prometheus.Collector.
func (c *Collector) Describe(descriptions chan<- *prometheus.Desc) {
	c.calls.Describe(descriptions)
	descriptions <- statesDesc
	descriptions <- waitingDesc
	for i := range poolMetrics {
		descriptions <- poolMetrics[i].desc
	}
}

// Collect implements prometheus.Collector.
func (c *Collector) Collect(metrics chan<- prometheus.Metric) {
	c.calls.Collect(metrics)
	s := c.states.Stats()
	gauge := func(desc *prometheus.Desc, n int, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(n), labels...)
	}
	gauge(statesDesc, s.Running, "running")
	gauge(statesDesc, s.States-s.Running, "idle")
	gauge(waitingDesc, s.Waiting)
	c.collectPools(metrics)
}

var (
	statesDesc  = prometheus.NewDesc("mtstates_states", "Living states.", []string{"use"}, nil)
	waitingDesc = prometheus.NewDesc("mtstates_waiting_calls", "Calls that wait for a state.", nil, nil)
)
