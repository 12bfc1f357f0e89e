package mtstates_test

import (
	"context"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// labelsOfGoroutine returns the labels of the calling goroutine, as a profile shows them.
func labelsOfGoroutine(t *testing.T) string {
	var profile strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		t.Fatal(err)
	}
	for _, one := range strings.Split(profile.String(), "\n\n") {
		if strings.Contains(one, "labelsOfGoroutine") {
			_, labels, _ := strings.Cut(one, "# labels: ")
			labels, _, _ = strings.Cut(labels, "\n")
			return labels
		}
	}
	return "not in the profile"
}

func TestProfileLabels(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var seen []string
		r := hosttest.Registry(t, b, mtstates.WithProfileLabels(), mtstates.WithGo("profile", map[string]any{
			"look": func(ctx context.Context) {
				label, _ := pprof.Label(ctx, mtstates.ProfileLabel)
				seen = append(seen, label+" "+labelsOfGoroutine(t))
			},
		}))
		inner, _, err := r.NewState(t.Context(), "return require('profile').look", mtstates.Named("inner"))
		if err != nil {
			t.Fatal(err)
		}
		outer, _, err := r.NewState(t.Context(), `
			local look, inner = require("profile").look, require("mtstates").state("inner")
			return function() look() inner:call() look() end`, mtstates.Named("outer"))
		if err != nil {
			t.Fatal(err)
		}
		pprof.Do(t.Context(), pprof.Labels("request", "7"), func(ctx context.Context) {
			if _, err := outer.Call(ctx); err != nil {
				t.Error(err)
			}
			seen = append(seen, labelsOfGoroutine(t))
		})
		want := []string{
			`outer {"mtstates.state":"outer", "request":"7"}`,
			`inner {"mtstates.state":"inner", "request":"7"}`,
			`outer {"mtstates.state":"outer", "request":"7"}`,
			`{"request":"7"}`,
		}
		if !slices.Equal(seen, want) {
			t.Errorf("the labels are %q, want %q", seen, want)
		}
		runtime.KeepAlive(inner)
	})
}
