package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// prepare makes what all states of the process share, before the first of them. The order matters: compiled code has
// functions of this package as constants.
func prepare() {
	stock := lua.NewState()
	defer stock.Close()
	findStock(stock)
	concatFunction = sharedFunction(concat)
	concatListFunction = sharedFunction(concatList)
	plainBody = compileBody("local f return function(...) return f(...) end")
	coroutineBody = compileBody("local f return function(a) return f(" + openMark + "(a)) end")
	frames.Hidden.Functions = []*lua.LFunction{concatFunction, concatListFunction}
	frames.Hidden.Protos = []*lua.FunctionProto{plainBody, coroutineBody}
	makeStringMetatables()
	libraries = newLibraries()
}
