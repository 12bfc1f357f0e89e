package host

import (
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

//go:embed view
var viewFiles embed.FS

// ViewOption is an option of [Host.Handler].
type ViewOption interface{ applyToView(*view) }

type viewOption func(*view)

func (o viewOption) applyToView(v *view) { o(v) }

// AllowInterrupts lets the page stop what a state runs. The registry must have been made with [mtstates.WithInterrupt].
func AllowInterrupts() ViewOption { return viewOption(func(v *view) { v.interrupts = true }) }

// AllowRemote lets other machines see the page. They can do all that the page can, so a program that says so should ask
// who they are, in a handler of its own in front of this one.
func AllowRemote() ViewOption { return viewOption(func(v *view) { v.remote = true }) }

// view serves the live view.
type view struct {
	host       *Host
	interrupts bool
	remote     bool
	files      http.Handler
}

// Handler returns the live view, a page with the states, pools, threads and buffers that is kept up to date. It may be
// served below any path that ends with a slash:
//
//	mux.Handle("/lua/", http.StripPrefix("/lua", h.Handler()))
//
// The same as JSON is at "data.json", in the form of [Snapshot], and a profile of some seconds, as [Host.Profile] writes it, at
// "profile?seconds=10", also for "go tool pprof http://localhost:6060/lua/profile". Only this machine gets an answer, and only under a
// loopback name, so that no page from elsewhere can read it through a browser; see [AllowRemote].
func (h *Host) Handler(options ...ViewOption) http.Handler {
	files, err := fs.Sub(viewFiles, "view")
	if err != nil {
		panic(err) // the folder is a part of the program
	}
	v := &view{host: h, files: http.FileServerFS(files)}
	for _, option := range options {
		option.applyToView(v)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", v.files)
	mux.HandleFunc("GET /data.json", v.data)
	mux.HandleFunc("GET /profile", v.profile)
	mux.HandleFunc("POST /interrupt", v.interrupt)
	return v.guard(http.NewCrossOriginProtection().Handler(mux))
}

// guard refuses requests from other machines.
func (v *view) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !v.remote && (!isLoopback(r.RemoteAddr) || !isLoopback(r.Host)) {
			http.Error(w, "the live view is for this machine only", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// isLoopback reports whether an address, with or without a port, is one of this machine for itself.
func isLoopback(address string) bool {
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		name = address
	}
	if name == "localhost" {
		return true
	}
	if n := len(name); n > 1 && name[0] == '[' && name[n-1] == ']' {
		name = name[1 : n-1]
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

func (v *view) data(w http.ResponseWriter, _ *http.Request) {
	s := v.host.Snapshot()
	s.Interrupts = v.interrupts
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s) // the browser has gone, if anything
}

func (v *view) interrupt(w http.ResponseWriter, r *http.Request) {
	if !v.interrupts {
		http.Error(w, "interrupts are not allowed", http.StatusForbidden)
		return
	}
	id, err := strconv.ParseInt(r.FormValue("id"), 10, 64)
	if err != nil {
		http.Error(w, "id is not a number", http.StatusBadRequest)
		return
	}
	st, err := v.host.States.StateByID(id)
	if err == nil {
		err = st.Interrupt(backend.InterruptOnce)
	}
	switch {
	case errors.Is(err, mtstates.ErrUnknownObject):
		http.Error(w, err.Error(), http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusConflict)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

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
	// WaitsFor is the id of the state for which the present call waits, 0 if it does not.
	WaitsFor int64 `json:"waitsFor,omitempty"`
}

// ViewPool is a pool in a [Snapshot].
type ViewPool struct {
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
	for st := range h.States.All() {
		s.States = append(s.States, viewState(st, now))
	}
	for p := range h.States.Pools() {
		n := p.Stats()
		s.Pools = append(s.Pools, ViewPool{n.Min, n.Max, n.Size, n.InUse, n.Waiting, n.Calls, n.Errors, n.WaitTime.Seconds()})
	}
	for _, t := range h.Threads.Running() {
		s.Threads = append(s.Threads, ViewThread{t.ID, now.Sub(t.Since).Seconds(), t.Detached})
	}
	for b := range h.Buffers.Buffers() {
		if n, err := b.Len(); err == nil {
			name, _ := b.Name()
			s.Buffers = append(s.Buffers, ViewBuffer{b.ID(), name, n, b.Waiting()})
		}
	}
	for l := range h.Buffers.Listeners() {
		name, _ := l.Name()
		s.Listeners = append(s.Listeners, ViewListener{l.ID(), name, l.Waiting()})
	}
	slices.SortFunc(s.States, func(a, b ViewState) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Buffers, func(a, b ViewBuffer) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Listeners, func(a, b ViewListener) int { return cmp.Compare(a.ID, b.ID) })
	return s
}

func viewState(st *mtstates.State, now time.Time) ViewState {
	stats := st.Stats()
	name, _ := st.Name()
	v := ViewState{ID: st.ID(), Name: name, Backend: st.Backend().Name(), Calls: stats.Calls, Errors: stats.Errors, Waiting: stats.Waiting}
	if stats.Running {
		busy := max(now.Sub(stats.Since).Seconds(), 0)
		v.Busy = &busy
	}
	if stats.WaitsFor != nil {
		v.WaitsFor = stats.WaitsFor.ID()
	}
	return v
}
