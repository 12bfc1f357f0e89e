package mtstates_test

import (
	"bytes"
	"sync/atomic"
	"testing"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// goluaState is a state of the bridge by hand on go-lua. Its callback stands at index 1.
type goluaState struct {
	l    *lua.State
	busy atomic.Bool
}

// goluaByHand is the bridge that one writes for go-lua alone.
func goluaByHand(b *testing.B, script string) sidebyside.Side {
	l := lua.NewState()
	lua.OpenLibraries(l)
	goluaOpen(l)
	if err := lua.DoString(l, script); err != nil {
		b.Fatal(err)
	}
	return func(n int) {
		l.PushValue(-1)
		l.PushInteger(n)
		if err := l.ProtectedCall(1, 0, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func goluaOpen(l *lua.State) {
	lua.NewMetaTable(l, "state")
	lua.NewLibrary(l, []lua.RegistryFunction{{Name: "call", Function: goluaCall}})
	l.SetField(-2, "__index")
	l.Pop(1)
	l.Register("newstate", func(l *lua.State) int {
		st := newGoluaState(l, l.IsNoneOrNil(2) || l.ToBoolean(2))
		l.PushUserData(st)
		lua.SetMetaTableNamed(l, "state")
		return 1
	})
}

func newGoluaState(from *lua.State, libraries bool) *goluaState {
	l := lua.NewState()
	if libraries {
		lua.OpenLibraries(l)
		goluaOpen(l)
	} else {
		lua.Require(l, "_G", lua.BaseOpen, true)
		l.Pop(1)
	}
	var err error
	if from.IsFunction(1) {
		var code bytes.Buffer
		from.PushValue(1)
		if err = from.Dump(&code); err == nil {
			err = l.Load(&code, "=setup", "b")
		}
		from.Pop(1)
	} else {
		text, _ := from.ToString(1)
		err = lua.LoadString(l, text)
	}
	if err == nil {
		err = l.ProtectedCall(0, 1, 0)
	}
	if err != nil {
		lua.Errorf(from, "%s", err.Error())
	}
	return &goluaState{l: l}
}

func goluaCall(l *lua.State) int {
	st, ok := l.ToUserData(1).(*goluaState)
	if !ok {
		lua.ArgumentError(l, 1, "state expected")
	}
	if !st.busy.CompareAndSwap(false, true) {
		lua.Errorf(l, "state in use")
	}
	to, args := st.l, l.Top()-1
	if args > lua.MinStack/2 && !to.CheckStack(args+1) {
		st.busy.Store(false)
		lua.Errorf(l, "too many arguments")
	}
	to.PushValue(1)
	for i := 2; i <= args+1; i++ {
		if !goluaSimple(l.TypeOf(i)) {
			to.SetTop(1)
			st.busy.Store(false)
			lua.ArgumentError(l, i-1, "type not supported")
		}
		to.PushLightUserData(l.ToValue(i))
	}
	if err := to.ProtectedCall(args, lua.MultipleReturns, 0); err != nil {
		message, _ := to.ToString(-1)
		to.SetTop(1)
		st.busy.Store(false)
		lua.Errorf(l, "%s", message)
	}
	results := to.Top() - 1
	if results > lua.MinStack/2 && !l.CheckStack(results) {
		to.SetTop(1)
		st.busy.Store(false)
		lua.Errorf(l, "too many results")
	}
	for i := 2; i <= results+1; i++ {
		if !goluaSimple(to.TypeOf(i)) {
			to.SetTop(1)
			st.busy.Store(false)
			lua.Errorf(l, "result #%d not supported", i-1)
		}
		l.PushLightUserData(to.ToValue(i))
	}
	to.SetTop(1)
	st.busy.Store(false)
	return results
}

func goluaSimple(t lua.Type) bool {
	return t == lua.TypeNumber || t == lua.TypeString || t == lua.TypeBoolean || t == lua.TypeNil
}
