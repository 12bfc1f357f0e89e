package tasks_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"
)

type reloadable struct {
	free chan *versioned
	room chan struct{}

	mu       sync.Mutex
	version  int
	compiled *lua.FunctionProto
}

type versioned struct {
	version  int
	l        *lua.LState
	callback lua.LValue
}

// New code while calls go on: none is lost, and those that begin afterwards run the new code.
func Example_reloadByHand() {
	ctx := context.Background()
	pool := &reloadable{free: make(chan *versioned, 4), room: make(chan struct{}, 4)}
	for range 4 {
		pool.room <- struct{}{}
	}
	if err := pool.replace("return function() return 1 end"); err != nil {
		log.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				if _, err := pool.call(ctx); err != nil {
					fmt.Println(err)
				}
			}
		})
	}
	if err := pool.replace("return function() return 2 end"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pool.call(ctx))
	group.Wait()
	fmt.Println(pool.replace("return function( end") != nil)
	fmt.Println(pool.call(ctx))
	// Output:
	// [2] <nil>
	// true
	// [2] <nil>
}

// replace compiles the code and tries it once before states get it.
func (p *reloadable) replace(source string) error {
	chunk, err := parse.Parse(strings.NewReader(source), "pool")
	if err != nil {
		return err
	}
	compiled, err := lua.Compile(chunk, "pool")
	if err != nil {
		return err
	}
	trial, err := newVersioned(compiled, 0)
	if err != nil {
		return err
	}
	trial.l.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.version++
	p.compiled = compiled
	return nil
}

func newVersioned(compiled *lua.FunctionProto, version int) (*versioned, error) {
	l := lua.NewState()
	l.Push(l.NewFunctionFromProto(compiled))
	if err := l.PCall(0, 1, nil); err != nil {
		l.Close()
		return nil, err
	}
	st := &versioned{version, l, l.Get(-1)}
	l.SetTop(0)
	return st, nil
}

func (p *reloadable) take(ctx context.Context) (*versioned, error) {
	var st *versioned
	select {
	case st = <-p.free:
	default:
		select {
		case st = <-p.free:
		case <-p.room:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	p.mu.Lock()
	version, compiled := p.version, p.compiled
	p.mu.Unlock()
	if st != nil && st.version == version {
		return st, nil
	}
	if st != nil { // of an older version
		st.l.Close()
	}
	fresh, err := newVersioned(compiled, version)
	if err != nil {
		p.room <- struct{}{}
	}
	return fresh, err
}

func (p *reloadable) call(ctx context.Context, args ...lua.LValue) ([]lua.LValue, error) {
	st, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { p.free <- st }()
	st.l.SetContext(ctx)
	defer st.l.RemoveContext()
	defer st.l.SetTop(0)
	if err := st.l.CallByParam(lua.P{Fn: st.callback, NRet: lua.MultRet, Protect: true}, args...); err != nil {
		return nil, err
	}
	results := make([]lua.LValue, st.l.GetTop())
	for i := range results {
		results[i] = st.l.Get(i + 1)
	}
	return results, nil
}
