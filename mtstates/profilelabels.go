package mtstates

import (
	"context"
	"runtime/pprof"
	"strconv"
)

// ProfileLabel is the key of the label that [WithProfileLabels] sets.
const ProfileLabel = "mtstates.state"

// WithProfileLabels labels what goroutines do in calls with the name of the state, or its id if it has none, in profiles of
// runtime/pprof. "go tool pprof -tagfocus" and "-tagroot" then tell apart which states use the processor. Go functions that
// the state calls get the label with their context, so that the goroutines which pprof.Do starts for them have it too.
func WithProfileLabels() Option {
	return WithCallHook(func(ctx context.Context, st *State) (context.Context, func(error)) {
		name := st.name
		if !st.named {
			name = strconv.FormatInt(st.id, 10)
		}
		inside := pprof.WithLabels(ctx, pprof.Labels(ProfileLabel, name))
		pprof.SetGoroutineLabels(inside)
		return inside, func(error) { pprof.SetGoroutineLabels(ctx) }
	})
}
