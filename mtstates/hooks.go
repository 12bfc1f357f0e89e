package mtstates

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"
)

// WithCallHook makes each call of a state, also one from Lua or for a notification, run begin before the callback and the
// function that begin returns, unless it is nil, after it, with the error of the callback. The context is that of the call.
// Both run in the goroutine of the call, while it holds the state, so they must not call it. A panic in them is printed to the
// standard error of the process, and the call goes on. Without hooks calls cost the same as before; a nil hook is none.
func WithCallHook(begin func(ctx context.Context, st *State) (end func(err error))) Option {
	return registryOption(func(r *Registry) {
		if begin != nil {
			r.hooks = append(r.hooks, begin)
		}
	})
}

// WithLogger writes a record for each call of a state to a logger, with the name, the duration and the error: at level Warn
// if the call fails, Debug if not. Nil stands for slog.Default.
func WithLogger(logger *slog.Logger) Option {
	return WithCallHook(func(ctx context.Context, st *State) func(error) {
		begin := time.Now()
		return func(err error) {
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

// hook is what WithCallHook sets.
type hook = func(ctx context.Context, st *State) func(error)

// beginHooks runs the hooks before a call, and returns the function for its end.
func (st *State) beginHooks() (end func(error)) {
	ctx := st.run.context()
	ends := make([]func(error), 0, len(st.registry.hooks))
	for _, begin := range st.registry.hooks {
		contained("call hook", func() {
			if end := begin(ctx, st); end != nil {
				ends = append(ends, end)
			}
		})
	}
	return func(err error) {
		for i := len(ends) - 1; i >= 0; i-- {
			contained("call hook", func() { ends[i](err) })
		}
	}
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
