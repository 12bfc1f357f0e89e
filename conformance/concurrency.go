package conformance

import (
	"errors"
	"runtime"
	"sync"

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// concurrencyCase lets goroutines create, look up, call, close and collect the same few names.
var concurrencyCase = goCase{"go/concurrency", []string{"call.usable"}, func(t *recorder, target Target) {
	states := host.New(target.Callee).States
	names := []string{"a", "b", "c"}
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 40 {
				if err := meddle(states, names[i%len(names)], worker+i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for _, name := range names {
		if st, err := states.StateByName(name); err == nil {
			if _, err := st.Call(1); err != nil {
				t.Errorf("%v does not work afterwards: %v", st, err)
			}
		}
	}
}}

// meddle does one of five things to the state with the name, and returns an error that may not happen.
func meddle(states *mtstates.Registry, name string, what int) error {
	switch st, err := states.StateByName(name); {
	case what%5 == 0:
		_, _, err = states.NewState("local n = 0 return function(i) n = n + i return n end", mtstates.Named(name))
		return except(err, mtstates.ErrObjectExists)
	case what%5 == 1 && what%20 == 1:
		states.Collect()
		return nil
	case err != nil:
		return except(err, mtstates.ErrUnknownObject)
	case what%5 == 2:
		return except(st.Close(), mtstates.ErrConcurrentAccess)
	default:
		_, err := st.Call(1)
		runtime.Gosched()
		return except(err, mtstates.ErrConcurrentAccess, mtstates.ErrObjectClosed)
	}
}

func except(err error, allowed ...error) error {
	for _, a := range allowed {
		if errors.Is(err, a) {
			return nil
		}
	}
	return err
}
