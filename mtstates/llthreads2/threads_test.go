package llthreads2_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// script runs Lua code on each backend, waits for its threads, and hands what it printed, what went to Stderr and the
// error of Wait to check.
func script(t *testing.T, source string, check func(t *testing.T, out, stderr string, err error), options ...mtstates.Option) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			var out, stderr bytes.Buffer // threads write one at a time: each is joined, or waited for
			h := hosttest.New(t, b, append([]mtstates.Option{mtstates.WithStdout(&out)}, options...)...)
			h.Threads.Stderr = &stderr
			vm, err := h.NewVM(nil)
			if err != nil {
				t.Fatal(err)
			}
			defer vm.Close()
			if err := vm.Load(source, "=script", 0); err != nil {
				t.Fatal(err)
			}
			if f := vm.PCall(0, 0); f != nil {
				t.Fatalf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
			}
			err = h.Wait(t.Context())
			check(t, out.String(), stderr.String(), err)
			if again := h.Wait(t.Context()); again != nil {
				t.Errorf("a second Wait tells of failures that the first has told: %v", again)
			}
		})
	}
}

// A failure is written to Stderr once; Wait tells of it unless a script has seen it, or has said by start that it does
// not want to.
func TestFailures(t *testing.T) {
	const prepared = `
		llthreads = require 'llthreads2'
		thread = llthreads.new
		function finish(thread) while thread:alive() do end return thread end `
	for code, want := range map[string]struct {
		reports int
		waits   bool
	}{
		`thread("error('oops', 0)"):start()`:                                                      {1, true},
		`thread("error('oops', 0)"):start(false, false)`:                                          {1, false},
		`thread("error('oops', 0)"):start():join()`:                                               {1, false},
		`thread("error('oops', 0)"):start(false, false):join()`:                                   {1, false}, // its join gives no results, nor errors
		`finish(thread("error('oops', 0)"):start(true))`:                                          {1, false},
		`finish(thread("error('oops', 0)"):start(true, true))`:                                    {1, true},
		`thread("error('oops', 0)"):start(true, true):join()`:                                     {1, false},
		`finish(thread("error('oops', 0)"):start()):join(0)`:                                      {1, false},
		`thread("error('oops', 0)")`:                                                              {0, false},
		`thread("return print"):start()`:                                                          {0, false},
		`thread("return print"):start():join()`:                                                   {0, false},
		`llthreads.set_logger(function() end) thread("error('oops', 0)"):start()`:                 {0, true},
		`llthreads.set_logger(function() error("logger") end) thread("error('oops', 0)"):start()`: {1, true},
	} {
		script(t, prepared+code, func(t *testing.T, _, stderr string, err error) {
			if n := strings.Count(stderr, "Error from thread: oops\nstack traceback:\n"); n != want.reports || strings.Count(stderr, "Error") != n {
				t.Errorf("%s: stderr has %q", code, stderr)
			}
			if (err != nil) != want.waits || err != nil && !strings.HasPrefix(err.Error(), "Error from thread: oops\n") {
				t.Errorf("%s: Wait returns %v", code, err)
			}
		})
	}
}

// A program that joins none of its many failing threads does not keep all their errors.
func TestManyFailures(t *testing.T) {
	script(t, `
		local llthreads = require "llthreads2"
		llthreads.set_logger(function() end)
		for i = 1, 100 do llthreads.new("error('oops', 0)"):start() end`,
		func(t *testing.T, _, stderr string, err error) {
			if stderr != "" || err == nil || strings.Count(err.Error(), "Error from thread: oops\n") != 64 || !strings.HasSuffix(err.Error(), "\nand 36 more threads that failed") {
				t.Errorf("stderr %q, error %v", stderr, err)
			}
		})
}

func TestLuaInit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "init.lua")
	if err := os.WriteFile(file, []byte("init = 'file'"), 0o600); err != nil {
		t.Fatal(err)
	}
	const show = `
		local llthreads = require "llthreads2"
		print(select(2, llthreads.new("return init"):start():join()))
		print(select(2, llthreads.new({"return init"}):start():join()))
		print(select(2, llthreads.new({"return init", lua_init = false}):start():join()))
		print(select(2, llthreads.new({"return init", lua_init = "init = 'own'"}):start():join()))`
	expect := func(want string) func(t *testing.T, out, stderr string, err error) {
		return func(t *testing.T, out, stderr string, err error) {
			if got := strings.ReplaceAll(out, "\n", " "); got != want || stderr != "" || err != nil {
				t.Errorf("got %q, want %q; stderr %q, error %v", got, want, stderr, err)
			}
		}
	}
	t.Run("none", func(t *testing.T) { script(t, show, expect("nil nil nil own ")) })
	t.Setenv("LUA_INIT", "init = 'environment'")
	t.Run("code", func(t *testing.T) { script(t, show, expect("environment environment nil own ")) })
	t.Run("sandbox", func(t *testing.T) {
		script(t, show, expect("nil nil nil own "), mtstates.WithLibraries("string"))
		script(t, show, expect("nil nil nil own "), mtstates.WithLibraries("string", "io.write"))
	})
	t.Setenv("LUA_INIT", "@"+file)
	t.Run("file", func(t *testing.T) { script(t, show, expect("file file nil own ")) })
	t.Run("no files", func(t *testing.T) { // where a script cannot read files, neither can it by lua_init
		script(t, show, expect("nil nil nil own "), mtstates.WithLibraries("string"))
		script(t, fmt.Sprintf(`
			local ok, message = require("llthreads2").new({"return 1", lua_init = %q}):start():join()
			print(ok, message:match("^[^\n]*"))`, "@"+file), func(t *testing.T, out, _ string, err error) {
			if out != "false\tlua_init: this thread cannot read files\n" || err != nil {
				t.Errorf("got %q, error %v", out, err)
			}
		}, mtstates.WithLibraries("string"))
		script(t, fmt.Sprintf(`print(pcall(require("llthreads2").new, %q))`, "@"+file), func(t *testing.T, out, _ string, err error) {
			if out != "false\tbad argument #1 to 'new' (this thread cannot read files)\n" || err != nil {
				t.Errorf("got %q, error %v", out, err)
			}
		}, mtstates.WithLibraries("string"))
	})
	t.Setenv("LUA_INIT_5_1", "init = 'version'")
	t.Setenv("LUA_INIT_5_2", "init = 'version'")
	t.Run("version", func(t *testing.T) { script(t, show, expect("version version nil own ")) })
	t.Setenv("LUA_INIT_5_1", "@"+file)
	t.Setenv("LUA_INIT_5_2", "@"+file)
	t.Run("option", func(t *testing.T) {
		script(t, fmt.Sprintf("print(select(2, require('llthreads2').new({'return init', lua_init = %q}):start():join()))", "@"+file), expect("file "))
	})
}

// A host may keep threads after the script's own VM; an interrupt reaches a thread in every phase of its life.
func TestInterruptAtAnyTime(t *testing.T) {
	script(t, `
		local llthreads = require "llthreads2"
		llthreads.set_logger(function() end)
		for i = 1, 50 do
			local thread = llthreads.new("for i = 1, ... do end return 'done'", 100 * i)
			thread:start()
			for n = 1, 20 * i do end
			thread:interrupt(i % 2 == 0)
			local ok, result = thread:join()
			assert(ok and result == "done" or not ok and result:find("^interrupted\n"), result)
			thread:interrupt()
		end
		print("over")`,
		func(t *testing.T, out, stderr string, err error) {
			if out != "over\n" || stderr != "" || err != nil {
				t.Errorf("out %q, stderr %q, error %v", out, stderr, err)
			}
		})
}

// Two VMs run at the same time, and Wait waits for both.
func TestWait(t *testing.T) {
	for _, b := range backends.All() {
		ready, finish := make(chan struct{}), make(chan struct{})
		module := mtstates.Module{Name: "meet", Open: func(_ *mtstates.Registry, s backend.VM) int {
			s.PushFunction(func(backend.VM) int {
				ready <- struct{}{}
				<-finish
				return 0
			})
			return 1
		}}
		h := hosttest.New(t, b, mtstates.WithModules(module))
		vm, err := h.NewVM(nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := vm.Load(`for i = 1, 2 do require("llthreads2").new("require('meet')()"):start() end`, "=script", 0); err != nil {
			t.Fatal(err)
		}
		if vm.PCall(0, 0) != nil {
			t.Fatal(host.ErrorText(vm, &backend.Failure{}))
		}
		vm.Close()
		<-ready
		<-ready
		waited := make(chan error)
		go func() { waited <- h.Wait(t.Context()) }()
		select {
		case <-waited:
			t.Error("Wait does not wait")
		default:
		}
		close(finish)
		if err := <-waited; err != nil {
			t.Error(err)
		}
	}
}

// TestWaitWhileThreadsStart waits again and again while a detached thread starts others and joins them.
func TestWaitWhileThreadsStart(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			h := hosttest.New(t, b)
			over := h.Buffers.NewBuffer(mtmsg.Named("over"))
			vm, err := h.NewVM(nil)
			if err != nil {
				t.Fatal(err)
			}
			defer vm.Close()
			if err := vm.Load(`
				require("llthreads2").new([[
					local llthreads = require "llthreads2"
					for i = 1, 500 do llthreads.new("return 1"):start():join() end
					require("mtmsg").buffer("over"):addmsg()
				]]):start(true)`, "=script", 0); err != nil {
				t.Fatal(err)
			}
			if f := vm.PCall(0, 0); f != nil {
				t.Fatal(host.ErrorText(vm, f))
			}
			for ended := false; !ended; {
				if err := h.Wait(t.Context()); err != nil {
					t.Fatal(err)
				}
				if _, ended, err = over.TryNext(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
