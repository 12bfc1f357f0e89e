package gopherlua

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"
)

// prepare makes what all states of the process share, before the first of them. The order matters: the template has
// functions of the VM, and compiled code has functions of this package as constants.
func prepare() {
	fields = findFields(reflect.TypeFor[lua.LState](), reflect.TypeFor[lua.Upvalue]())
	layout = findTableLayout(reflect.TypeFor[lua.LTable](), reflect.TypeFor[lua.LState]())
	stock := lua.NewState()
	defer stock.Close()
	findStockFunctions(stock)
	concatFunction = sharedFunction(concat)
	concatListFunction = sharedFunction(concatList)
	plainBody = compileBody("local f return function(...) return f(...) end")
	coroutineBody = compileBody("local f return function(a) return f(" + openMark + "(a)) end")
	template = newTemplate(stock)
}
