package tasks_test

import (
	"log/slog"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

// onlyWhatIsConstant leaves out what differs from run to run.
func onlyWhatIsConstant(_ []string, a slog.Attr) slog.Attr {
	if a.Key == "level" || a.Key == "msg" || a.Key == "state" {
		return a
	}
	return slog.Attr{}
}

// callsMeasured returns how many calls a histogram has.
func callsMeasured(from prometheus.Gatherer) (n uint64) {
	families, _ := from.Gather()
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if strings.HasSuffix(f.GetName(), "call_duration_seconds") {
				n += m.GetHistogram().GetSampleCount()
			}
		}
	}
	return n
}
