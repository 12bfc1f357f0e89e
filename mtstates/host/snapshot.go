package host

import (
	"cmp"
	"slices"
	"time"

	"github.com/mtstates/go-mtstates/mtstates"
)

// Snapshot is what the live view shows.
type Snapshot struct {
	Time    time.Time `json:"time"`
	Backend string    `json:"backend"` // of new states
	// Interrupts reports whether the live view may stop what states run.
	Interrupts bool           `json:"interrupts"`
	States     []ViewState    `json:"states"`
	Pools      []ViewPool     `json:"pools"`
	Threads    []ViewThread   `json:"threads"`
	Buffers    []ViewBuffer   `json:"buffers"`
	Listeners  []ViewListener `json:"listeners"`
}

// ViewState is a state in a [Snapshot].
type ViewState struct {
	ID      int64  `json:"id"`
	Name    string `json:"name,omitempty"`
	Backend string `json:"backend"`
	Calls   uint64 `json:"calls"`
	Errors  uint64 `json:"errors"`
	// Busy is for how many seconds the present call has been running, absent if none does.
	Busy    *float64 `json:"busy,omitempty"`
	Waiting int      `json:"waiting"` // calls that wait for the state
	// Memory is [mtstates.StateStats.Memory]. Snapshots have idle states measured now and then. It is absent before.
	Memory *int `json:"memory,omitempty"`
	// WaitsFor is the id of the state for which the present call waits, 0 if it does not.
	WaitsFor int64 `json:"waitsFor,omitempty"`
}

// ViewPool is a pool in a [Snapshot].
type ViewPool struct {
	Name     string  `json:"name,omitempty"`
	Min      int     `json:"min"`
	Max      int     `json:"max"`
	Size     int     `json:"size"`
	InUse    int     `json:"inUse"`
	Waiting  int     `json:"waiting"`
	Calls    int64   `json:"calls"`
	Errors   int64   `json:"errors"`
	WaitTime float64 `json:"waitTime"` // of all calls, in seconds
}

// ViewThread is a thread in a [Snapshot].
type ViewThread struct {
	ID       int64   `json:"id"`
	Seconds  float64 `json:"seconds"` // since its start
	Detached bool    `json:"detached"`
}

// ViewBuffer is a message buffer in a [Snapshot].
type ViewBuffer struct {
	ID       int64  `json:"id"`
	Name     string `json:"name,omitempty"`
	Messages int    `json:"messages"`
	Added    uint64 `json:"added"`   // messages since the buffer was made
	Waiting  int    `json:"waiting"` // receivers that wait for a message
}

// ViewListener is a listener in a [Snapshot].
type ViewListener struct {
	ID      int64  `json:"id"`
	Name    string `json:"name,omitempty"`
	Waiting int    `json:"waiting"`
}

// Snapshot returns what exists now, each list ordered by id.
func (h *Host) Snapshot() Snapshot {
	now := time.Now()
	s := Snapshot{Time: now, Backend: h.States.Backend().Name(), States: []ViewState{}, Pools: []ViewPool{},
		Threads: []ViewThread{}, Buffers: []ViewBuffer{}, Listeners: []ViewListener{}}
	states := slices.SortedFunc(h.States.All(), func(a, b *mtstates.State) int { return cmp.Compare(a.ID(), b.ID()) })
	for _, st := range states {
		s.States = append(s.States, viewState(st, now))
	}
	h.memory.measure(states, s.States)
	for p := range h.States.Pools() {
		n := p.Stats()
		name, _ := p.Name()
		s.Pools = append(s.Pools, ViewPool{name, n.Min, n.Max, n.Size, n.InUse, n.Waiting, n.Calls, n.Errors, n.WaitTime.Seconds()})
	}
	for _, t := range h.Threads.Running() {
		s.Threads = append(s.Threads, ViewThread{t.ID, now.Sub(t.Since).Seconds(), t.Detached})
	}
	for b := range h.Buffers.Buffers() {
		if n, err := b.Len(); err == nil {
			name, _ := b.Name()
			s.Buffers = append(s.Buffers, ViewBuffer{b.ID(), name, n, b.Added(), b.Waiting()})
		}
	}
	for l := range h.Buffers.Listeners() {
		name, _ := l.Name()
		s.Listeners = append(s.Listeners, ViewListener{l.ID(), name, l.Waiting()})
	}
	slices.SortFunc(s.Buffers, func(a, b ViewBuffer) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Listeners, func(a, b ViewListener) int { return cmp.Compare(a.ID, b.ID) })
	return s
}

func viewState(st *mtstates.State, now time.Time) ViewState {
	stats := st.Stats()
	name, _ := st.Name()
	v := ViewState{ID: st.ID(), Name: name, Backend: st.Backend().Name(), Calls: stats.Calls, Errors: stats.Errors, Waiting: stats.Waiting}
	if stats.Memory > 0 {
		v.Memory = &stats.Memory
	}
	if stats.Running {
		busy := max(now.Sub(stats.Since).Seconds(), 0)
		v.Busy = &busy
	}
	if stats.WaitsFor != nil {
		v.WaitsFor = stats.WaitsFor.ID()
	}
	return v
}
