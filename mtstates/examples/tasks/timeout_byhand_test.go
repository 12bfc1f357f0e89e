package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	lua "github.com/yuin/gopher-lua"
)

type limited struct {
	turn     chan struct{} // a mutex whose wait a context ends
	l        *lua.LState
	callback lua.LValue
}

// A deadline ends a script without end, and the wait of another call for it. The next call is not hit.
func Example_timeoutByHand() {
	ctx := context.Background()
	l := lua.NewState()
	defer l.Close()
	if err := l.DoString("return function(forever) while forever do pcall(error) end return 'done' end"); err != nil {
		log.Fatal(err)
	}
	st := &limited{make(chan struct{}, 1), l, l.Get(-1)}
	l.SetTop(0)
	short, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	errs := make(chan error)
	for range 2 {
		go func() { _, err := st.call(short, lua.LTrue); errs <- err }()
	}
	for range 2 {
		fmt.Println(errors.Is(<-errs, context.DeadlineExceeded))
	}
	fmt.Println(st.call(ctx, lua.LFalse))
	// Output:
	// true
	// true
	// [done] <nil>
}

func (st *limited) call(ctx context.Context, args ...lua.LValue) ([]lua.LValue, error) {
	select {
	case st.turn <- struct{}{}:
		defer func() { <-st.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	st.l.SetContext(ctx)
	defer st.l.RemoveContext()
	defer st.l.SetTop(0)
	if err := st.l.CallByParam(lua.P{Fn: st.callback, NRet: lua.MultRet, Protect: true}, args...); err != nil {
		if ctx.Err() != nil { // the VM's error does not wrap it
			return nil, ctx.Err()
		}
		return nil, err
	}
	results := make([]lua.LValue, st.l.GetTop())
	for i := range results {
		results[i] = st.l.Get(i + 1)
	}
	return results, nil
}
