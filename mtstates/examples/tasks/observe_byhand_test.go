package tasks_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"maps"
	"os"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	lua "github.com/yuin/gopher-lua"
)

type handRegistry struct {
	logger   *slog.Logger
	duration *prometheus.HistogramVec
	living   prometheus.GaugeFunc

	mu     sync.Mutex
	states map[string]*handObserved
}

type handObserved struct {
	registry *handRegistry
	name     string
	mu       sync.Mutex // while a call runs
	l        *lua.LState
	callback lua.LValue

	stats         sync.Mutex
	calls, errors int
	since         time.Time
}

// Logs and metrics of calls, and a list of the states.
func Example_observeByHand() {
	registerer := prometheus.NewRegistry()
	states := newHandRegistry(slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: onlyWhatIsConstant})))
	registerer.MustRegister(states.duration, states.living)
	worker, err := states.newState("worker", "return function(x) return x + 1 end")
	if err != nil {
		log.Fatal(err)
	}
	defer worker.close()
	for _, arg := range []lua.LValue{lua.LNumber(1), lua.LNumber(2), lua.LString("x")} {
		_, _ = worker.call(arg) // the log has the error
	}
	for _, st := range states.all() {
		st.stats.Lock()
		fmt.Println(st.name, true)
		fmt.Println("calls:", st.calls, "errors:", st.errors, "running:", !st.since.IsZero())
		st.stats.Unlock()
	}
	fmt.Println("measured:", callsMeasured(registerer))
	// Output:
	// level=WARN msg="call of a Lua state" state=worker
	// worker true
	// calls: 3 errors: 1 running: false
	// measured: 3
}

func newHandRegistry(logger *slog.Logger) *handRegistry {
	r := &handRegistry{logger: logger, states: map[string]*handObserved{}}
	r.duration = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "call_duration_seconds", Help: "Duration of calls."}, []string{"failed"})
	r.living = prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "states", Help: "Living states."}, func() float64 { return float64(len(r.all())) })
	return r
}

func (r *handRegistry) newState(name, source string) (*handObserved, error) {
	l := lua.NewState()
	if err := l.DoString(source); err != nil {
		l.Close()
		return nil, err
	}
	st := &handObserved{registry: r, name: name, l: l, callback: l.Get(-1)}
	l.SetTop(0)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.states[name] = st
	return st, nil
}

func (r *handRegistry) all() map[string]*handObserved {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.states)
}

func (st *handObserved) call(arg lua.LValue) (_ lua.LValue, err error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	begin := time.Now()
	st.note(func() { st.calls, st.since = st.calls+1, begin })
	defer func() {
		level := slog.LevelDebug
		if err != nil {
			level = slog.LevelWarn
		}
		duration := time.Since(begin)
		st.registry.logger.Log(context.Background(), level, "call of a Lua state", "duration", duration, "state", st.name, "error", err)
		st.registry.duration.WithLabelValues(fmt.Sprint(err != nil)).Observe(duration.Seconds())
		st.note(func() {
			st.since = time.Time{}
			if err != nil {
				st.errors++
			}
		})
	}()
	defer st.l.SetTop(0)
	if err := st.l.CallByParam(lua.P{Fn: st.callback, NRet: 1, Protect: true}, arg); err != nil {
		return nil, err
	}
	return st.l.Get(-1), nil
}

func (st *handObserved) note(change func()) {
	st.stats.Lock()
	defer st.stats.Unlock()
	change()
}

func (st *handObserved) close() {
	st.registry.mu.Lock()
	defer st.registry.mu.Unlock()
	delete(st.registry.states, st.name)
	st.l.Close()
}
