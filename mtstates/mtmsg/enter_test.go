package mtmsg

import (
	"strconv"
	"testing"
)

// TestClosedWhileCreated closes buffers and listeners while they come into being: what is closed is not found.
func TestClosedWhileCreated(t *testing.T) {
	const rounds = 20000
	// beside begins a function in another goroutine, and with nil waits for its end.
	for what, run := range map[string]func(s *Store, name string, beside func(func())) (found bool){
		"listener closes while it makes a buffer": func(s *Store, name string, beside func(func())) bool {
			l := s.NewListener()
			beside(l.Close)
			b, err := l.NewBuffer(Named(name))
			beside(nil)
			if err != nil {
				return false
			}
			return lookUp(s.BufferByID, b.ID()) || lookUp(s.BufferByName, name)
		},
		"buffer is closed by name": func(s *Store, name string, beside func(func())) bool {
			beside(func() {
				for {
					if b, err := s.BufferByName(name); err == nil {
						b.Close()
						return
					}
				}
			})
			b := s.NewBuffer(Named(name))
			beside(nil)
			return lookUp(s.BufferByID, b.ID()) || lookUp(s.BufferByName, name)
		},
		"listener is closed by name": func(s *Store, name string, beside func(func())) bool {
			beside(func() {
				for {
					if l, err := s.ListenerByName(name); err == nil {
						l.Close()
						return
					}
				}
			})
			l := s.NewListener(Named(name))
			beside(nil)
			return lookUp(s.ListenerByID, l.ID()) || lookUp(s.ListenerByName, name)
		},
	} {
		t.Run(what, func(t *testing.T) {
			work, done := make(chan func()), make(chan struct{})
			go func() {
				for f := range work {
					f()
					done <- struct{}{}
				}
			}()
			defer close(work)
			var store Store
			for i := range rounds {
				found := run(&store, strconv.Itoa(i), func(f func()) {
					if f == nil {
						<-done
					} else {
						work <- f
					}
				})
				if found {
					t.Fatalf("round %d: what is closed is found", i)
				}
			}
		})
	}
}

func lookUp[K, T any](find func(K) (T, error), key K) bool {
	_, err := find(key)
	return err == nil
}
