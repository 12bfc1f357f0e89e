package mtmsg_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// BenchmarkMessages sends messages of two values from one thread to another. The receiver waits whenever it is faster.
func BenchmarkMessages(b *testing.B) {
	b.Run("go", func(b *testing.B) {
		var store mtmsg.Store
		buffer := store.NewBuffer()
		measure(b, func() error {
			for i := range b.N {
				if _, err := buffer.Add(float64(i), "text"); err != nil {
					return err
				}
			}
			return nil
		}, func() error {
			for i := range b.N {
				values, err := buffer.Next(context.Background())
				if err != nil || values[0] != float64(i) {
					return fmt.Errorf("message %d: got %v, %v", i, values, err)
				}
			}
			return nil
		})
	})
	for _, vm := range backends.All() {
		b.Run(vm.Name(), func(b *testing.B) { benchmarkScripts(b, vm) })
	}
}

// BenchmarkPingPong sends a message back and forth, so that each one is waited for.
func BenchmarkPingPong(b *testing.B) {
	var store mtmsg.Store
	there, back := store.NewBuffer(), store.NewBuffer()
	measure(b, func() error {
		for range b.N {
			if _, err := there.Add(1, 2); err != nil {
				return err
			}
			if _, err := back.Next(context.Background()); err != nil {
				return err
			}
		}
		return nil
	}, func() error {
		for range b.N {
			if _, err := there.Next(context.Background()); err != nil {
				return err
			}
			if _, err := back.Add(1, 2); err != nil {
				return err
			}
		}
		return nil
	})
}

// benchmarkScripts lets a script in one VM send to a script in another.
func benchmarkScripts(b *testing.B, vm backend.Backend) {
	h := hosttest.New(b, vm)
	buffer := h.Buffers.NewBuffer()
	measure(b, script(b, h, buffer.ID(), b.N, sender), script(b, h, buffer.ID(), b.N, receiver))
}

// The scripts of a sender and a receiver of n messages.
const (
	sender = `
		local buffer, n = ...
		for i = 1, n do buffer:addmsg(i, "text") end`
	receiver = `
		local buffer, n = ...
		for i = 1, n do
			local got, text = buffer:nextmsg()
			if got ~= i or text ~= "text" then error("message " .. i .. " is " .. tostring(got)) end
		end`
)

// script returns a function that runs source in a VM of its own, with the buffer and a number as arguments.
func script(t testing.TB, h *host.Host, id int64, n int, source string) func() error {
	s, err := h.NewVM(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Load("local run, id, n = ... return run(require('mtmsg').buffer(id), n)", "=start", 0); err != nil {
		t.Fatal(err)
	}
	if err := s.Load(source, "=script", 0); err != nil {
		t.Fatal(err)
	}
	s.PushNumber(float64(id))
	s.PushNumber(float64(n))
	return func() error {
		if f := s.PCall(3, 0); f != nil {
			return fmt.Errorf("%s\n%s", host.ErrorText(s, f), f.Traceback)
		}
		return nil
	}
}

// measure runs a sender and a receiver of b.N messages at the same time.
func measure(b *testing.B, send, receive func() error) {
	b.ReportAllocs()
	b.ResetTimer()
	sent := make(chan error)
	go func() { sent <- send() }()
	if err := receive(); err != nil {
		b.Fatal(err)
	}
	if err := <-sent; err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}
