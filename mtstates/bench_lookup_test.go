package mtstates_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// BenchmarkLookup measures how states are found among many: from Go at random, and from Lua the same one again and
// again. The states are of a backend without a VM.
func BenchmarkLookup(b *testing.B) {
	for _, count := range []int{1, 10, 10_000, 1_000_000} {
		b.Run(fmt.Sprint("states=", count), func(b *testing.B) {
			states := makeInertStates(b, count)
			b.Run("go/id", func(b *testing.B) { states.compareIDs(b) })
			b.Run("go/name", func(b *testing.B) { states.compareNames(b) })
			onEach(b, func(b *testing.B, backend backend.Backend) {
				for _, key := range []string{"id", "name"} {
					b.Run(key, func(b *testing.B) {
						st := states.all[count/2]
						literal := fmt.Sprint(st.ID())
						if key == "name" {
							literal = fmt.Sprintf("%q", inertName(count/2))
						}
						sidebyside.Alone(b, oursIn(b, states.host, backend, `
							local state = require("mtstates").state
							return function(n) for i = 1, n do state(`+literal+`) end end`))
					})
				}
			})
		})
	}
}

// inertStates are living states without a VM, and the tables that one writes by hand to find them.
type inertStates struct {
	host   *host.Host
	all    []*mtstates.State
	order  []int // to look them up in, at random
	names  []string
	mu     sync.RWMutex
	byID   map[int64]*mtstates.State
	byName map[string]*mtstates.State

	bytesEach float64 // what a state costs beside its VM
}

// inertBackend makes VMs that do nothing and cost nothing: whatever setup they run returns a callback. All are one and the
// same, so they can only be made one after the other.
type inertBackend struct {
	backend.Backend // nil: what is not here is not asked for
	vm              *inertVM
}

func (inertBackend) Libraries() []string { return nil }

func (b inertBackend) NewVM(o backend.Options) (backend.VM, error) {
	*b.vm = inertVM{env: backend.NewEnv(b, o)}
	b.vm.env.Libraries = b.vm
	return b.vm, nil
}

type inertVM struct {
	backend.VM // nil
	top        int
	env        *backend.Env
}

func (vm *inertVM) GetTop() int                                  { return vm.top }
func (vm *inertVM) SetTop(index int)                             { vm.top = index }
func (vm *inertVM) CheckStack(int) bool                          { return true }
func (vm *inertVM) Type(int) backend.Type                        { return backend.FunctionType }
func (vm *inertVM) PCall(int, int) *backend.Failure              { return nil }
func (vm *inertVM) Load(string, string, int) error               { vm.top++; return nil }
func (vm *inertVM) PushRegistry()                                { vm.top++ }
func (vm *inertVM) PushValue(int)                                { vm.top++ }
func (vm *inertVM) RawSetField(int, string)                      { vm.top-- }
func (vm *inertVM) Complete(backend.VM, int)                     {}
func (vm *inertVM) PushModules(backend.VM)                       {}
func (vm *inertVM) HasFunction(string, string) bool              { return false }
func (vm *inertVM) Preload(backend.VM, string, backend.Function) {}
func (vm *inertVM) Env() *backend.Env                            { return vm.env }
func (vm *inertVM) Close()                                       {}

func inertName(i int) string { return fmt.Sprint("state ", i) }

// makeInertStates makes named states. Meanwhile the collector runs rarely: a million states take it long.
func makeInertStates(b *testing.B, count int) *inertStates {
	defer debug.SetGCPercent(debug.SetGCPercent(1000))
	s := &inertStates{host: hosttest.New(b, inertBackend{vm: &inertVM{}})}
	for i := range count {
		s.names = append(s.names, inertName(i))
	}
	s.all = make([]*mtstates.State, 0, count)
	before := liveBytes()
	for _, name := range s.names {
		st, _, err := s.host.States.NewState(context.Background(), "", mtstates.Named(name))
		if err != nil {
			b.Fatal(err)
		}
		s.all = append(s.all, st)
	}
	s.bytesEach = float64(liveBytes()-before) / float64(count)
	s.byID, s.byName = map[int64]*mtstates.State{}, map[string]*mtstates.State{}
	for i, st := range s.all {
		s.byID[st.ID()], s.byName[s.names[i]] = st, st
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 1 << 12 {
		s.order = append(s.order, random.IntN(count))
	}
	return s
}

// liveBytes returns how much of the heap is in use.
func liveBytes() int64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func (s *inertStates) compareIDs(b *testing.B) {
	ids := make([]int64, len(s.order))
	for i, at := range s.order {
		ids[i] = s.all[at].ID()
	}
	sidebyside.Compare(b, func(n int) {
		for i := range n {
			if st, err := s.host.States.StateByID(ids[i%len(ids)]); err != nil || st == nil {
				b.Fatal(err)
			}
		}
	}, func(n int) {
		for i := range n {
			s.mu.RLock()
			st := s.byID[ids[i%len(ids)]]
			s.mu.RUnlock()
			if st == nil {
				b.Fatal("not found")
			}
		}
	})
}

func (s *inertStates) compareNames(b *testing.B) {
	names := make([]string, len(s.order))
	for i, at := range s.order {
		names[i] = s.names[at]
	}
	sidebyside.Compare(b, func(n int) {
		for i := range n {
			if st, err := s.host.States.StateByName(names[i%len(names)]); err != nil || st == nil {
				b.Fatal(err)
			}
		}
	}, func(n int) {
		for i := range n {
			s.mu.RLock()
			st := s.byName[names[i%len(names)]]
			s.mu.RUnlock()
			if st == nil {
				b.Fatal("not found")
			}
		}
	})
}
