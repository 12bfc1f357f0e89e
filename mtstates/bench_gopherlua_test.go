package mtstates_test

import (
	"errors"
	"sync/atomic"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// gopherState is a state of the bridge by hand on gopher-lua.
type gopherState struct {
	l        *lua.LState
	callback *lua.LFunction
	busy     atomic.Bool
}

// gopherByHand is the bridge that one writes for gopher-lua alone.
func gopherByHand(b *testing.B, script string) sidebyside.Side {
	l := lua.NewState()
	b.Cleanup(l.Close)
	gopherOpen(l)
	if err := l.DoString(script); err != nil {
		b.Fatal(err)
	}
	loop := l.Get(-1)
	l.SetTop(0)
	return func(n int) {
		if err := l.CallByParam(lua.P{Fn: loop, Protect: true}, lua.LNumber(n)); err != nil {
			b.Fatal(err)
		}
	}
}

func gopherOpen(l *lua.LState) {
	mt := l.NewTypeMetatable("state")
	l.SetField(mt, "__index", l.SetFuncs(l.NewTable(), map[string]lua.LGFunction{"call": gopherCall}))
	l.SetGlobal("newstate", l.NewFunction(func(l *lua.LState) int {
		st, err := newGopherState(l.Get(1), l.OptBool(2, true))
		if err != nil {
			l.RaiseError("%s", err.Error())
		}
		ud := l.NewUserData()
		ud.Value = st
		l.SetMetatable(ud, l.GetTypeMetatable("state"))
		l.Push(ud)
		return 1
	}))
}

func newGopherState(setup lua.LValue, libraries bool) (*gopherState, error) {
	l := lua.NewState(lua.Options{SkipOpenLibs: !libraries})
	if libraries {
		gopherOpen(l)
	} else {
		l.Push(l.NewFunction(lua.OpenBase))
		l.Call(0, 0)
	}
	if f, ok := setup.(*lua.LFunction); ok {
		l.Push(l.NewFunctionFromProto(f.Proto))
	} else {
		f, err := l.LoadString(setup.String())
		if err != nil {
			return nil, err
		}
		l.Push(f)
	}
	if err := l.PCall(0, 1, nil); err != nil {
		return nil, err
	}
	callback := l.CheckFunction(1)
	l.SetTop(0)
	return &gopherState{l: l, callback: callback}, nil
}

func gopherCall(l *lua.LState) int {
	st, ok := l.CheckUserData(1).Value.(*gopherState)
	if !ok {
		l.ArgError(1, "state expected")
	}
	if !st.busy.CompareAndSwap(false, true) {
		l.RaiseError("state in use")
	}
	to, args := st.l, l.GetTop()-1
	to.Push(st.callback)
	for i := 2; i <= args+1; i++ {
		v := l.Get(i)
		if !gopherSimple(v) {
			to.SetTop(0)
			st.busy.Store(false)
			l.ArgError(i-1, "type not supported")
		}
		to.Push(v)
	}
	if err := to.PCall(args, lua.MultRet, nil); err != nil {
		message := err.Error()
		if raised := (*lua.ApiError)(nil); errors.As(err, &raised) {
			message = raised.Object.String() // without the traceback, which is a part of the text
		}
		to.SetTop(0)
		st.busy.Store(false)
		l.RaiseError("%s", message)
	}
	results := to.GetTop()
	for i := 1; i <= results; i++ {
		v := to.Get(i)
		if !gopherSimple(v) {
			to.SetTop(0)
			st.busy.Store(false)
			l.RaiseError("result #%d not supported", i)
		}
		l.Push(v)
	}
	to.SetTop(0)
	st.busy.Store(false)
	return results
}

func gopherSimple(v lua.LValue) bool {
	switch v.(type) {
	case lua.LNumber, lua.LString, lua.LBool, *lua.LNilType:
		return true
	}
	return false
}
