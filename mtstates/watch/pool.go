package watch

import (
	"context"
	"log/slog"
	"os"

	"github.com/mtstates/go-mtstates/mtstates"
)

// Option is an option of [Pool].
type Option interface{ applyToPool(*reloading) }

type option func(*reloading)

func (o option) applyToPool(r *reloading) { o(r) }

// Also names files and folders on which the code depends, such as those in which require finds its modules: of a folder, the
// Lua files in it and in the folders below it that are not hidden.
func Also(paths ...string) Option {
	return option(func(r *reloading) { r.paths = append(r.paths, paths...) })
}

// OnReload sets the function that is called whenever the pool has been given the code, with nil, or has not, with the error of
// reading the file or that of [mtstates.Pool.Replace]. The default writes errors to [slog.Default].
func OnReload(report func(error)) Option { return option(func(r *reloading) { r.report = report }) }

// reloading is a call of Pool.
type reloading struct {
	pool   *mtstates.Pool
	file   string
	paths  []string
	report func(error)
}

// Pool gives a pool the setup in a file, with [mtstates.Pool.Replace]: at once, and whenever the file changes, or one that
// [Also] names. It returns nil when ctx ends, and an error at once if the files cannot be watched.
func Pool(ctx context.Context, p *mtstates.Pool, file string, options ...Option) error {
	r := &reloading{pool: p, file: file, paths: []string{file}, report: func(err error) {
		if err != nil {
			slog.ErrorContext(ctx, "a pool keeps its code", "file", file, "error", err)
		}
	}}
	for _, o := range options {
		o.applyToPool(r)
	}
	changes, err := Changes(ctx, r.paths...)
	if err != nil {
		return err
	}
	r.reload(ctx)
	for range changes {
		r.reload(ctx)
	}
	return nil
}

func (r *reloading) reload(ctx context.Context) {
	setup, err := os.ReadFile(r.file)
	if err == nil {
		err = r.pool.Replace(ctx, string(setup))
	}
	if ctx.Err() == nil {
		r.report(err)
	}
}
