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

type handPool struct {
	compiled *lua.FunctionProto
	idle     chan *pooledState
	room     chan struct{}
}

type pooledState struct {
	l        *lua.LState
	callback lua.LValue
}

// A pool of 2 to 16 states, whose script is compiled once, serves 50 goroutines.
func Example_poolByHand() {
	ctx := context.Background()
	pool, err := newHandPool("return function(x) return x * x end", 2, 16)
	if err != nil {
		log.Fatal(err)
	}
	defer pool.close()
	var group sync.WaitGroup
	squares := make([]float64, 50)
	for i := range squares {
		group.Go(func() {
			out, err := pool.call(ctx, lua.LNumber(i))
			if err != nil {
				log.Print(err)
				return
			}
			number, ok := out.(lua.LNumber)
			if !ok {
				log.Print("number expected, got ", out.Type())
				return
			}
			squares[i] = float64(number)
		})
	}
	group.Wait()
	fmt.Println(squares[7], squares[49], 16-len(pool.room) <= 16)
	// Output: 49 2401 true
}

func newHandPool(source string, min, max int) (*handPool, error) {
	chunk, err := parse.Parse(strings.NewReader(source), "pool")
	if err != nil {
		return nil, err
	}
	compiled, err := lua.Compile(chunk, "pool")
	if err != nil {
		return nil, err
	}
	p := &handPool{compiled, make(chan *pooledState, max), make(chan struct{}, max)}
	for range max - min {
		p.room <- struct{}{}
	}
	for range min {
		st, err := p.make()
		if err != nil {
			return nil, err
		}
		p.idle <- st
	}
	return p, nil
}

func (p *handPool) make() (*pooledState, error) {
	l := lua.NewState()
	l.Push(l.NewFunctionFromProto(p.compiled))
	if err := l.PCall(0, 1, nil); err != nil {
		l.Close()
		return nil, err
	}
	st := &pooledState{l, l.Get(-1)}
	l.SetTop(0)
	return st, nil
}

func (p *handPool) take(ctx context.Context) (*pooledState, error) {
	select {
	case st := <-p.idle:
		return st, nil
	default:
	}
	select {
	case st := <-p.idle:
		return st, nil
	case <-p.room:
		st, err := p.make()
		if err != nil {
			p.room <- struct{}{}
		}
		return st, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *handPool) call(ctx context.Context, arg lua.LValue) (lua.LValue, error) {
	st, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { p.idle <- st }()
	st.l.SetContext(ctx)
	defer st.l.RemoveContext()
	defer st.l.SetTop(0)
	if err := st.l.CallByParam(lua.P{Fn: st.callback, NRet: 1, Protect: true}, arg); err != nil {
		return nil, err
	}
	return st.l.Get(-1), nil
}

func (p *handPool) close() {
	for len(p.idle) > 0 {
		(<-p.idle).l.Close()
	}
}
