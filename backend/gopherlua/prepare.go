package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/concat"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/coroutines"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/numerals"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/protect"
)

// Functions that implement concatenations. They are constants of the code, which all states share.
var concatFunction, concatListFunction *lua.LFunction

// prepare makes what all states of the process share, before the first of them. The order matters: compiled code has
// functions of this package as constants.
func prepare() {
	adapter.RaiseValue, adapter.CheckSize, adapter.Where, adapter.ToNumber = raiseValue, checkSize, where, toNumber
	adapter.TypeName = func(l *lua.LState, index int) string { return typeOf(l, index).String() }
	adapter.Throw, adapter.PollWeak = protect.Throw, pollWeak
	adapter.Uncaught = func(l *lua.LState, err *lua.ApiError) { dataOf(l).uncaught = err }
	adapter.TypeNameOf = func(v lua.LValue) string { return typeOfValue(v).String() }
	stock := lua.NewState()
	defer stock.Close()
	findStock(stock)
	concatFunction = adapter.SharedFunction(concat.Concat)
	concatListFunction = adapter.SharedFunction(concat.ConcatList)
	frames.Hidden.Functions = []*lua.LFunction{concatFunction, concatListFunction}
	frames.Hidden.Protos = coroutines.Prepare(compile)
	numerals.Prepare(func(l *lua.LState, index int) *numerals.Strings {
		d := dataOf(l)
		d.env.Libraries.Complete(state{l}, index)
		return &d.strings
	})
	libraries = newLibraries()
}
