package host

import (
	"sort"
	"sync"
	"time"

	"github.com/mtstates/go-mtstates/mtstates"
)

// memory knows when states were measured last; they know the result. To measure a state its values are visited, while its
// calls wait; so a snapshot measures few of them, the next one others, and a state with many values rarely.
type memory struct {
	mu     sync.Mutex
	states map[int64]measured // by id
	next   int64              // the id from which on the next snapshot measures
}

type measured struct {
	calls uint64 // of the state, before it was measured
	again time.Time
}

const (
	// measuring is how long a snapshot may measure before it begins with no further state.
	measuring = 10 * time.Millisecond
	// rest is for how many times the time that it took a state is not measured again.
	rest = 200
)

// measure brings the memory up to date of states that are in the order of their ids, each with its view.
func (m *memory) measure(states []*mtstates.State, views []ViewState) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states == nil {
		m.states = map[int64]measured{}
	}
	m.forget(views)
	end := time.Now().Add(measuring)
	first := sort.Search(len(views), func(i int) bool { return views[i].ID >= m.next })
	for n := range views {
		i := (first + n) % len(views)
		if now := time.Now(); now.After(end) {
			m.next = views[i].ID
			break
		} else if m.due(&views[i], now) {
			m.look(states[i], &views[i], now)
		}
	}
}

// due reports whether a state may have other values than when it was measured, and can be measured.
func (m *memory) due(v *ViewState, now time.Time) bool {
	known, ok := m.states[v.ID]
	return v.Busy == nil && (!ok || known.calls != v.Calls && now.After(known.again))
}

func (m *memory) look(st *mtstates.State, v *ViewState, now time.Time) {
	if bytes, ok := st.MemoryBytes(); ok {
		v.Memory = &bytes
		m.states[v.ID] = measured{v.Calls, now.Add(rest * time.Since(now))}
	}
}

// forget drops the states that are no more when there are more of them than of others that are not measured yet.
func (m *memory) forget(views []ViewState) {
	if len(m.states) <= len(views) {
		return
	}
	living := make(map[int64]measured, len(views))
	for i := range views {
		if known, ok := m.states[views[i].ID]; ok {
			living[views[i].ID] = known
		}
	}
	m.states = living
}
