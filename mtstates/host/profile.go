package host

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/profiling"
)

// Profile writes a profile of the Lua code that states, threads and scripts run until ctx ends, in the format of
// "go tool pprof", see package profiling. The error is [mtstates.ErrSampling] while another profile is being written, or that
// of w.
func (h *Host) Profile(ctx context.Context, w io.Writer) error {
	return profiling.Write(ctx, h.States, w)
}

// The seconds of a profile of the live view.
const (
	defaultProfile = 10
	longestProfile = 600
)

func (v *view) profile(w http.ResponseWriter, r *http.Request) {
	seconds := defaultProfile
	if text := r.FormValue("seconds"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > longestProfile {
			http.Error(w, "seconds is not a number from 1 to "+strconv.Itoa(longestProfile), http.StatusBadRequest)
			return
		}
		seconds = n
	}
	ctx, cancel := context.WithTimeout(r.Context(), time.Duration(seconds)*time.Second)
	defer cancel()
	var written bytes.Buffer
	switch err := v.host.Profile(ctx, &written); {
	case errors.Is(err, mtstates.ErrSampling):
		http.Error(w, err.Error(), http.StatusConflict)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", `attachment; filename="lua.pprof"`)
		_, _ = w.Write(written.Bytes()) // the browser has gone, if anything
	}
}
