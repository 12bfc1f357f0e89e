package mtstates_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	shopify "github.com/Shopify/go-lua"
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

const countSetup = "local n = 0 return function(x) n = n + x return n end"

// rawCall makes one call of a raw VM, with one integer and one result. ctx may be one that can end.
type rawCall func(ctx context.Context, n int) (float64, error)

// rawStates makes what calls of one state are on the VM itself.
var rawStates = map[string]func(b testing.TB) rawCall{
	"gopherlua": func(b testing.TB) rawCall {
		l := lua.NewState()
		b.Cleanup(l.Close)
		if err := l.DoString(countSetup); err != nil {
			b.Fatal(err)
		}
		callback := l.Get(-1)
		return func(ctx context.Context, n int) (float64, error) {
			if ctx.Done() != nil {
				l.SetContext(ctx)
				defer l.RemoveContext()
			}
			if err := l.CallByParam(lua.P{Fn: callback, NRet: 1, Protect: true}, lua.LNumber(n)); err != nil {
				return 0, err
			}
			result := l.Get(-1).(lua.LNumber)
			l.Pop(1)
			return float64(result), nil
		}
	},
	"golua": func(b testing.TB) rawCall {
		l := shopify.NewState()
		shopify.OpenLibraries(l)
		if err := shopify.LoadString(l, countSetup); err != nil {
			b.Fatal(err)
		}
		l.Call(0, 1)
		callback := l.Top()
		return func(_ context.Context, n int) (float64, error) {
			l.PushValue(callback)
			l.PushInteger(n)
			if err := l.ProtectedCall(1, 1, 0); err != nil {
				return 0, err
			}
			result, _ := l.ToNumber(-1)
			l.Pop(1)
			return result, nil
		}
	},
}

func newCounter(b testing.TB, r *mtstates.Registry, options ...mtstates.StateOption) *mtstates.State {
	st, _, err := r.NewState(context.Background(), countSetup, options...)
	if err != nil {
		b.Fatal(err)
	}
	return st
}

// BenchmarkGoCall measures State.Call with one integer and one result next to a call of the raw VM.
func BenchmarkGoCall(b *testing.B) {
	ending, cancel := context.WithCancel(context.Background())
	defer cancel()
	onEach(b, func(b *testing.B, backend backend.Backend) {
		if rawStates[backend.Name()] == nil {
			return
		}
		for _, c := range []struct {
			name string
			ctx  context.Context
			add  int
		}{
			{"small", context.Background(), 0}, // small numbers as results
			{"large", context.Background(), 1},
			{"cancel", ending, 1}, // with a context that can end
		} {
			b.Run(c.name, func(b *testing.B) {
				st := newCounter(b, hosttest.Registry(b, backend))
				raw := rawStates[backend.Name()](b)
				sidebyside.Compare(b, func(n int) {
					for range n {
						if _, err := st.Call(c.ctx, c.add); err != nil {
							b.Fatal(err)
						}
					}
				}, func(n int) {
					for range n {
						if _, err := raw(c.ctx, c.add); err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		}
	})
}

// BenchmarkContention measures calls of one state by 50 goroutines next to a mutex around the raw VM.
func BenchmarkContention(b *testing.B) {
	onEach(b, func(b *testing.B, backend backend.Backend) {
		if rawStates[backend.Name()] == nil {
			return
		}
		st := newCounter(b, hosttest.Registry(b, backend))
		raw, mu := rawStates[backend.Name()](b), sync.Mutex{}
		sidebyside.Compare(b, in50(func() error {
			_, err := st.Call(context.Background(), 1)
			return err
		}, b), in50(func() error {
			mu.Lock()
			defer mu.Unlock()
			_, err := raw(context.Background(), 1)
			return err
		}, b))
	})
}

// in50 lets 50 goroutines do something n times together.
func in50(do func() error, b *testing.B) sidebyside.Side {
	return func(n int) {
		var group sync.WaitGroup
		for i := range 50 {
			group.Go(func() {
				for range (n + i) / 50 {
					if err := do(); err != nil {
						b.Error(err)
					}
				}
			})
		}
		group.Wait()
	}
}

// BenchmarkServer measures a web server with 1000 states and 50 clients next to the same by hand: of a client's requests, each
// is for another state.
func BenchmarkServer(b *testing.B) {
	onEach(b, func(b *testing.B, backend backend.Backend) {
		if rawStates[backend.Name()] == nil {
			return
		}
		r := hosttest.Registry(b, backend)
		type mutexed struct {
			mu   sync.Mutex
			call rawCall
		}
		byHand := map[string]*mutexed{}
		for i := range 1000 {
			newCounter(b, r, mtstates.Named(fmt.Sprint(i)), mtstates.Kept())
			byHand[fmt.Sprint(i)] = &mutexed{call: rawStates[backend.Name()](b)}
		}
		b.Cleanup(func() { r.Close() })
		sidebyside.Compare(b, serve(b, func(w http.ResponseWriter, request *http.Request) {
			st, err := r.StateByName(request.URL.Path[1:])
			if err != nil {
				http.Error(w, err.Error(), http.StatusNotFound)
				return
			}
			out, err := st.Call(request.Context(), 1)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			fmt.Fprint(w, out[0])
		}), serve(b, func(w http.ResponseWriter, request *http.Request) {
			st := byHand[request.URL.Path[1:]]
			if st == nil {
				http.Error(w, "unknown state", http.StatusNotFound)
				return
			}
			st.mu.Lock()
			out, err := st.call(request.Context(), 1)
			st.mu.Unlock()
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			fmt.Fprint(w, out)
		}))
	})
}

// serve returns a side whose requests 50 clients make.
func serve(b *testing.B, handler http.HandlerFunc) sidebyside.Side {
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 50}}
	b.Cleanup(client.CloseIdleConnections)
	var mu sync.Mutex
	next := 0
	return in50(func() error {
		mu.Lock()
		next++
		n := next % 1000
		mu.Unlock()
		answer, err := client.Get(server.URL + "/" + strconv.Itoa(n))
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d", answer.StatusCode)
		}
		_, err = io.Copy(io.Discard, answer.Body)
		return err
	}, b)
}
