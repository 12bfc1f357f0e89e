package host_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/pprof/profile"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

func TestViewProfiles(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		v := newBusy(t, b)
		for _, seconds := range []string{"x", "0", "-1", "601"} {
			if response := v.get(t, "profile?seconds="+seconds); response.StatusCode != http.StatusBadRequest {
				t.Errorf("%s seconds: status %d", seconds, response.StatusCode)
			}
		}
		response := v.get(t, "profile?seconds=1")
		if response.StatusCode != http.StatusOK {
			t.Fatalf("status %d", response.StatusCode)
		}
		p, err := profile.Parse(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		var sum time.Duration
		for _, s := range p.Sample {
			if s.HasLabel("state", "<b>inner</b>") {
				sum += time.Duration(s.Value[1])
			}
		}
		if sum < time.Second/2 || sum > 2*time.Second {
			t.Errorf("a state that has run all the time has %v", sum)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done, begun := make(chan error, 1), make(chan struct{}, 1)
		go func() {
			done <- v.States.Sample(ctx, time.Millisecond, func(mtstates.Sample) {
				select {
				case begun <- struct{}{}:
				default:
				}
			})
		}()
		<-begun
		if response := v.get(t, "profile"); response.StatusCode != http.StatusConflict {
			t.Errorf("a second profile: status %d", response.StatusCode)
		}
		if err := v.Profile(ctx, io.Discard); !errors.Is(err, mtstates.ErrSampling) {
			t.Errorf("a second profile: %v", err)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func (v *busy) get(t *testing.T, path string) *http.Response {
	t.Helper()
	response, err := http.Get(v.url + path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return response
}
