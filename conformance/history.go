package conformance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"github.com/anishathalye/porcupine"

	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// The operations of a history, all of which concern one name.
type (
	created  struct{ name string }
	lookedUp struct{ name string }
	called   struct {
		name string
		id   int64
	}
	closing struct {
		name string
		id   int64
	}
)

// answer is the result of an operation: the id for created and lookedUp, the count for called, or the name of the
// error.
type answer struct {
	n   int64
	err string
}

// named is the model of one name: which state has it, and how often each state was called; -1 when it is closed.
type named struct {
	holder int64
	calls  map[int64]int64
}

func (n named) with(holder, id, calls int64) named {
	next := maps.Clone(n.calls)
	next[id] = calls
	return named{holder, next}
}

// nameModel defines which results operations on a name may have. Refusals (concurrent_access and object_exists) may
// happen whenever another operation is in progress, and change nothing.
var nameModel = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		byName := map[string][]porcupine.Operation{}
		for _, op := range history {
			var name string
			switch input := op.Input.(type) {
			case created:
				name = input.name
			case lookedUp:
				name = input.name
			case called:
				name = input.name
			case closing:
				name = input.name
			}
			byName[name] = append(byName[name], op)
		}
		var parts [][]porcupine.Operation
		for _, part := range byName {
			parts = append(parts, part)
		}
		return parts
	},
	Init: func() any { return named{calls: map[int64]int64{}} },
	Equal: func(a, b any) bool {
		return a.(named).holder == b.(named).holder && maps.Equal(a.(named).calls, b.(named).calls)
	},
	Step: func(before, input, output any) (bool, any) {
		n, got := before.(named), output.(answer)
		if got.err == mtstates.ErrConcurrentAccess.Name() || got.err == mtstates.ErrObjectExists.Name() {
			return true, n
		}
		switch op := input.(type) {
		case created:
			return got.err == "" && n.holder == 0, n.with(got.n, got.n, 0)
		case lookedUp:
			if n.holder == 0 {
				return got.err == mtstates.ErrUnknownObject.Name(), n
			}
			return got == answer{n: n.holder}, n
		case called:
			if n.calls[op.id] < 0 {
				return got.err == mtstates.ErrObjectClosed.Name(), n
			}
			return got == answer{n: n.calls[op.id] + 1}, n.with(n.holder, op.id, n.calls[op.id]+1)
		case closing:
			holder := n.holder
			if holder == op.id {
				holder = 0
			}
			return got.err == "", n.with(holder, op.id, -1)
		}
		return false, n
	},
}

// historyCase records what goroutines see that create, look up, call and close states under two names, and checks that
// some order of the operations explains all of it.
var historyCase = goCase{"go/history", []string{"call.linearizable", "state.lookup", "close.final"}, func(t *recorder, target Target) {
	log := &history{states: hosttest.New(t, target.Callee).States}
	var group sync.WaitGroup
	for client := range 4 {
		group.Go(func() {
			for i := range 12 {
				if err := log.round(client, []string{"a", "b"}[i%2], client+i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if !porcupine.CheckOperations(nameModel, log.operations) {
		t.Errorf("no order of the %d operations explains their results:\n%v", len(log.operations), log.operations)
	}
}}

// history is a list of operations with their results and times.
type history struct {
	states     *mtstates.Registry
	clock      atomic.Int64
	mu         sync.Mutex
	operations []porcupine.Operation
	kept       []*mtstates.State // so that no state is collected
}

// round does one step to the name: it makes the state if there is none, and otherwise calls it, or sometimes closes it.
func (h *history) round(client int, name string, what int) error {
	var st *mtstates.State
	err := h.do(client, lookedUp{name}, func() (n int64, err error) {
		if st, err = h.states.StateByName(name); err == nil {
			n = st.ID()
		}
		return n, err
	})
	switch {
	case err != nil:
		return except(h.do(client, created{name}, func() (int64, error) {
			st, _, err := h.states.NewState(context.Background(), "local n = 0 return function() n = n + 1 return n end", mtstates.Named(name))
			if err != nil {
				return 0, err
			}
			h.keep(st)
			return st.ID(), nil
		}), mtstates.ErrObjectExists)
	case what%4 == 3:
		return except(h.do(client, closing{name, st.ID()}, func() (int64, error) { return 0, st.Close() }), mtstates.ErrConcurrentAccess)
	}
	h.keep(st)
	return except(h.do(client, called{name, st.ID()}, func() (int64, error) {
		results, err := st.TryCall(context.Background())
		if err != nil {
			return 0, err
		}
		return int64(results[0].(float64)), nil
	}), mtstates.ErrConcurrentAccess, mtstates.ErrObjectClosed)
}

// do runs an operation and records it.
func (h *history) do(client int, input any, operation func() (int64, error)) error {
	begin := h.clock.Add(1)
	n, err := operation()
	end := h.clock.Add(1)
	got := answer{n: n}
	var named *mtstates.Error
	switch {
	case errors.As(err, &named):
		got = answer{err: named.Name()}
	case err != nil:
		return fmt.Errorf("%+v: %w", input, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.operations = append(h.operations, porcupine.Operation{ClientId: client, Input: input, Call: begin, Output: got, Return: end})
	return err
}

func (h *history) keep(st *mtstates.State) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kept = append(h.kept, st)
}
