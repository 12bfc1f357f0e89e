package watch_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/watch"
)

// write replaces a file in one step, as editors do.
func write(t *testing.T, file, text string) {
	t.Helper()
	if err := errors.Join(os.WriteFile(file+".new", []byte(text), 0o644), os.Rename(file+".new", file)); err != nil {
		t.Fatal(err)
	}
}

// pool is a pool with a setup in a file and a module in a folder.
type pool struct {
	*mtstates.Pool
	folder, file string
	reloads      chan error
}

func newPool(t *testing.T, b backend.Backend) *pool {
	t.Helper()
	p := &pool{folder: t.TempDir(), reloads: make(chan error, 100)}
	p.file = filepath.Join(p.folder, "rules.txt") // any name will do for a file
	lib := filepath.Join(p.folder, "lib")
	if err := os.Mkdir(lib, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(lib, "part.lua"), `return "part 1"`)
	write(t, p.file, `local part = require "part" return function() return "rules 1, " .. part end`)
	r := hosttest.Registry(t, b, mtstates.WithFallbackPath(filepath.Join(lib, "?.lua")))
	t.Cleanup(func() { _ = r.Close() })
	var err error
	if p.Pool, err = mtstates.NewPool(r, `return function() return "none" end`, mtstates.PoolSize(1, 4)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		ended <- watch.Pool(ctx, p.Pool, p.file, watch.Also(lib), watch.OnReload(func(err error) { p.reloads <- err }))
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return p
}

// until waits for reloads until the pool answers as it should. Others in between come from one change that took its time.
func (p *pool) until(t *testing.T, want string) {
	t.Helper()
	var got []any
	for err := range p.reloads {
		if err != nil {
			t.Fatal(err)
		}
		if got, err = p.Call(t.Context()); err != nil {
			t.Fatal(err)
		}
		if slices.Equal(got, []any{want}) {
			return
		}
	}
}

func TestPool(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			p := newPool(t, b)
			p.until(t, "rules 1, part 1")
			write(t, p.file, `local part = require "part" return function() return "rules 2, " .. part end`)
			p.until(t, "rules 2, part 1")
			write(t, filepath.Join(p.folder, "lib", "part.lua"), `return "part 2"`)
			p.until(t, "rules 2, part 2")

			for _, wrong := range []struct {
				text string
				want error
			}{{`return function( end`, mtstates.ErrInvokingState}, {`return 1`, mtstates.ErrStateResult}} {
				write(t, p.file, wrong.text)
				if err := <-p.reloads; !errors.Is(err, wrong.want) {
					t.Errorf("%s: %v", wrong.text, err)
				}
			}
			if err := os.Remove(p.file); err != nil {
				t.Fatal(err)
			}
			if err := <-p.reloads; !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("without the file: %v", err)
			}
			if got, err := p.Call(t.Context()); err != nil || got[0] != "rules 2, part 2" {
				t.Errorf("after code that does not load: %v, %v", got, err)
			}
			write(t, p.file, `local part, new = require "part", require "new" return function() return new .. ", " .. part end`)
			write(t, filepath.Join(p.folder, "lib", "new.lua"), `return "a new file"`)
			for err := range p.reloads { // the first one may come before the new file
				if err == nil {
					break
				}
			}
			if got, err := p.Call(t.Context()); err != nil || got[0] != "a new file, part 2" {
				t.Errorf("with a new file: %v, %v", got, err)
			}
		})
	}
}

func TestWhatCannotBeWatched(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "none", "rules.lua"), "none/rules.lua"} {
		if _, err := watch.Changes(t.Context(), path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestChanges(t *testing.T) {
	folder := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(folder, "sub"), 0o755), os.Mkdir(filepath.Join(folder, ".hidden"), 0o755)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	changes, err := watch.Changes(ctx, folder)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "sub", "readme.txt"), "") // which is not Lua
	write(t, filepath.Join(folder, ".hidden", "x.lua"), "")
	for _, name := range []string{"main.lua", "sub/part.lua", "new/part.lua", "new/newer/part.lua"} {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, file, "")
		if got := <-changes; got != file {
			t.Errorf("%s has changed, not %s", got, file)
		}
	}
	cancel()
	for range changes { // until it is closed
	}
}
