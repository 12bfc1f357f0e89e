package host

import (
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"strconv"

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
	h.States.Observe() // so that the first page knows for how long calls have been running
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
