package mtstates

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"
)

// CallHook sees the calls of states. It runs before the callback, and the function that it returns, unless that is nil,
// after it, with the error of the callback. Both run in the goroutine of the call while it holds the state, so they must not
// call it; for calls of several states, several goroutines run them at once. A panic in them is printed to the standard error of the process, and the call goes on.
//
// ctx is the context of the call. The values of inside, which is derived from ctx or nil, are seen by the Go functions that
// the callback calls, and by the calls of other states that it makes: so packages that trace calls find the one around.
type CallHook func(ctx context.Context, st *State) (inside context.Context, end func(err error))

// WithCallHook makes each call of a state run a hook, also a call from Lua or for a notification. Hooks are nested in their
// order. Without hooks calls cost the same as before; a nil hook is none.
func WithCallHook(hook CallHook) Option {
	return registryOption(func(r *Registry) { r.AddCallHook(hook) })
}

// AddCallHook is [WithCallHook] for a registry that exists already: calls that begin from now on run the hook.
func (r *Registry) AddCallHook(hook CallHook) {
	if hook == nil {
		return
	}
	for {
		old := r.hooks.Load()
		var hooks []CallHook
		if old != nil {
			hooks = slices.Clone(*old)
		}
		hooks = append(hooks, hook)
		if r.hooks.CompareAndSwap(old, &hooks) {
			return
		}
	}
}

// WithLogger writes a record for each call of a state to a logger, with the name, the duration and the error: at level Warn
// if the call fails, Debug if not. Nil stands for slog.Default.
func WithLogger(logger *slog.Logger) Option {
	return WithCallHook(func(ctx context.Context, st *State) (context.Context, func(error)) {
		begin := time.Now()
		return nil, func(err error) {
			l := logger
			if l == nil {
				l = slog.Default()
			}
			level := slog.LevelDebug
			if err != nil {
				level = slog.LevelWarn
			}
			if !l.Enabled(ctx, level) {
				return
			}
			attributes := []slog.Attr{slog.Int64("id", st.id), slog.Duration("duration", time.Since(begin))}
			if st.named {
				attributes = append(attributes, slog.String("state", st.name))
			}
			if err != nil {
				attributes = append(attributes, slog.Any("error", err))
			}
			l.LogAttrs(ctx, level, "call of a Lua state", attributes...)
		}
	})
}

// runHooks runs the hooks before a call, and returns the function for its end.
func (st *State) runHooks(hooks []CallHook) (end func(error)) {
	ctx := st.run.context()
	ends := make([]func(error), 0, len(hooks))
	for _, hook := range hooks {
		contained("call hook", func() {
			inside, end := hook(ctx, st)
			if inside != nil {
				ctx = inside
			}
			if end != nil {
				ends = append(ends, end)
			}
		})
	}
	st.run.showInside(ctx)
	return func(err error) {
		for i := len(ends) - 1; i >= 0; i-- {
			contained("call hook", func() { ends[i](err) })
		}
	}
}

// runEnd runs what runHooks returned, in a state that the caller holds. If it ends the goroutine, the state is closed.
func (st *State) runEnd(end func(error), err error) {
	returned := false
	defer func() {
		if !returned && !st.Closed() {
			st.discard()
		}
	}()
	end(err)
	returned = true
}

// contained calls a function of the host whose panic must not hit a call that it has nothing to do with.
func contained(what string, f func()) {
	defer func() {
		if value := recover(); value != nil {
			fmt.Fprintf(os.Stderr, "mtstates: panic in a %s: %v\n", what, value)
		}
	}()
	f()
}
