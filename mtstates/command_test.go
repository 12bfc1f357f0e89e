//go:build unix

package mtstates_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// TestCommandsEnd starts commands from scripts, each with processes of its own, and expects all of them to end with the call
// that an interrupt, or its context, ends. They hold a pipe open, which the test reads until they are gone.
func TestCommandsEnd(t *testing.T) {
	const command = `"exec 3>'" .. pipe .. "'; echo begun >&3; "`
	bodies := []struct{ name, body string }{
		{"execute", "os.execute(" + command + ` .. "sleep 1000; true")`},
		{"execute children", "os.execute(" + command + ` .. "sleep 1000 & (sleep 1000; true) & wait")`},
		{"execute pipeline", "os.execute(" + command + ` .. "sleep 1000 | cat")`},
		{"execute caught", "while true do pcall(os.execute, " + command + ` .. "sleep 1000; true") end`},
		{"popen read", "io.popen(" + command + ` .. "sleep 1000; true"):read("*a")`},
		{"popen lines", "for line in io.popen(" + command + ` .. "echo line; sleep 1000 & wait"):lines() do end`},
		{"popen closed", "io.popen(" + command + ` .. "sleep 1000; true", "w"):close()`},
		{"popen beside", "local p = io.popen(" + command + ` .. "sleep 1000 & wait") while true do end`},
		{"popen forgotten", "io.popen(" + command + ` .. "sleep 1000 & wait") while true do end`},
	}
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithInterrupt())
		for _, how := range []string{"interrupt", "context"} {
			for _, test := range bodies {
				t.Run(how+" "+test.name, func(t *testing.T) {
					pipe := filepath.Join(t.TempDir(), "pipe")
					if err := syscall.Mkfifo(pipe, 0o600); err != nil {
						t.Fatal(err)
					}
					st, _, err := r.NewState(t.Context(), "return function(pipe) "+test.body+" end")
					if err != nil {
						t.Fatal(err)
					}
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					ended := make(chan error, 1)
					go func() {
						_, err := st.Call(ctx, pipe)
						ended <- err
					}()
					held, err := os.Open(pipe)
					if err != nil {
						t.Fatal(err)
					}
					defer held.Close()
					reader := bufio.NewReader(held)
					if line, err := reader.ReadString('\n'); line != "begun\n" {
						t.Fatalf("the command says %q: %v", line, err)
					}
					if how == "context" {
						cancel()
					} else if err := st.Interrupt(backend.InterruptAlways); err != nil {
						t.Fatal(err)
					}
					if err := <-ended; !errors.Is(err, mtstates.ErrInterrupted) {
						t.Errorf("the call ends with %v", err)
					}
					if _, err := io.Copy(io.Discard, reader); err != nil {
						t.Error(err)
					}
				})
			}
		}
	})
}
