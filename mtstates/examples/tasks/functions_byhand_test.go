package tasks_test

import (
	"errors"
	"fmt"
	"log"

	lua "github.com/yuin/gopher-lua"
)

var (
	handPrices         = map[string]int{"tea": 350, "bread": 320}
	errHandUnknownItem = errors.New("we do not sell it")
)

type handBasket struct{ total int }

func (b *handBasket) add(l *lua.LState) int {
	article, count := l.CheckString(1), l.OptInt(2, 1)
	if n, ok := l.Get(2).(lua.LNumber); ok && n != lua.LNumber(count) {
		l.ArgError(2, "number has no integer representation")
	}
	price, ok := handPrices[article]
	if !ok {
		err := l.NewUserData() // a string would lose the identity
		err.Value = fmt.Errorf("%s: %w", article, errHandUnknownItem)
		l.Error(err, 1)
	}
	b.total += count * price
	return 0
}

func openHandShop(l *lua.LState) int {
	l.Push(l.SetFuncs(l.NewTable(), map[string]lua.LGFunction{"basket": func(l *lua.LState) int {
		b := &handBasket{}
		l.Push(l.SetFuncs(l.NewTable(), map[string]lua.LGFunction{"add": b.add, "total": func(l *lua.LState) int {
			l.Push(lua.LNumber(b.total))
			return 1
		}}))
		return 1
	}}))
	return 1
}

// Go functions and objects for scripts: arguments are checked, and errors keep their identity.
func Example_functionsByHand() {
	l := lua.NewState()
	defer l.Close()
	l.PreloadModule("shop", openHandShop)
	if err := l.DoString(`
		local basket = require("shop").basket()
		return function(...) basket.add(...) return basket.total() end`); err != nil {
		log.Fatal(err)
	}
	callback := l.Get(-1)
	call := func(args ...lua.LValue) ([]lua.LValue, error) {
		defer l.SetTop(1)
		if err := l.CallByParam(lua.P{Fn: callback, NRet: 1, Protect: true}, args...); err != nil {
			var failure *lua.ApiError
			if errors.As(err, &failure) {
				if object, ok := failure.Object.(*lua.LUserData); ok {
					if cause, ok := object.Value.(error); ok {
						return nil, cause
					}
				}
			}
			return nil, err
		}
		return []lua.LValue{l.Get(-1)}, nil
	}
	fmt.Println(call(lua.LString("tea"), lua.LNumber(2)))
	fmt.Println(call(lua.LString("bread")))
	_, err := call(lua.LString("books"))
	fmt.Println(errors.Is(err, errHandUnknownItem))
	// Output:
	// [700] <nil>
	// [1020] <nil>
	// true
}
