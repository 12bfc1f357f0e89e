package tasks_test

import (
	"fmt"
	"log"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

type handState struct {
	mu       sync.Mutex
	l        *lua.LState
	callback *lua.LFunction
}

// A script in a VM of the program's own makes a state and calls it.
func Example_preloadByHand() {
	l := lua.NewState()
	defer l.Close()
	class := l.NewTypeMetatable("state")
	l.SetField(class, "__index", l.SetFuncs(l.NewTable(), map[string]lua.LGFunction{"call": handCall}))
	l.PreloadModule("mtstates", func(l *lua.LState) int {
		l.Push(l.SetFuncs(l.NewTable(), map[string]lua.LGFunction{"newstate": handNewState}))
		return 1
	})
	if err := l.DoString(`
		local state = require("mtstates").newstate("local n = 0 return function(x) n = n + x return n end")
		state:call(40)
		sum = state:call(2)`); err != nil {
		log.Fatal(err)
	}
	fmt.Println(l.GetGlobal("sum"))
	// Output: 42
}

func handNewState(l *lua.LState) int {
	inner := lua.NewState()
	if err := inner.DoString(l.CheckString(1)); err != nil {
		l.RaiseError("%s", err)
	}
	callback, ok := inner.Get(-1).(*lua.LFunction)
	if !ok {
		l.RaiseError("setup returns no function")
	}
	inner.SetTop(0)
	object := l.NewUserData()
	object.Value = &handState{l: inner, callback: callback}
	l.SetMetatable(object, l.GetTypeMetatable("state"))
	l.Push(object)
	return 1
}

func handCall(l *lua.LState) int {
	st, ok := l.CheckUserData(1).Value.(*handState)
	if !ok {
		l.ArgError(1, "state expected")
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	defer st.l.SetTop(0)
	st.l.Push(st.callback)
	for i := 2; i <= l.GetTop(); i++ {
		st.l.Push(handCross(l, l.Get(i)))
	}
	if err := st.l.PCall(l.GetTop()-1, lua.MultRet, nil); err != nil {
		l.RaiseError("%s", err)
	}
	for i := 1; i <= st.l.GetTop(); i++ {
		l.Push(handCross(l, st.l.Get(i)))
	}
	return st.l.GetTop()
}

func handCross(l *lua.LState, v lua.LValue) lua.LValue {
	switch v.(type) {
	case *lua.LNilType, lua.LBool, lua.LNumber, lua.LString:
		return v
	}
	l.RaiseError("type %s not supported", v.Type())
	return nil
}
