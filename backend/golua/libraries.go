package golua

import (
	"maps"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/traversal"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// libraries are the standard libraries of all states; prepare makes them.
var libraries *stdlib.Set

// newLibraries makes the libraries, with functions of the VM's own that it opens in l.
func newLibraries(l *lua.State) *stdlib.Set {
	debug := stockLibrary(l, lua.DebugOpen, "debug", "getuservalue", "setuservalue")
	maps.Copy(debug, ownLibrary("debug.", map[string]lua.Function{
		"gethook": debugGethook, "getlocal": debugGetlocal, "sethook": debugSethook, "setlocal": debugSetlocal,
		"upvalueid": debugUpvalueid, "upvaluejoin": debugUpvaluejoin,
	}))
	base := map[string]lua.Function{"dofile": baseDofile, "pcall": basePcall, "xpcall": baseXpcall}
	if traversal.Repair.On() {
		base["pairs"] = basePairs
	}
	return stdlib.NewSet(Backend.Libraries(), stdlib.Dialect{
		Lua:  502,
		Path: stockPath,
		Push: pushLibraryFunction,
		Own: map[string]stdlib.Library{
			"_G": ownLibrary("", base),
			"bit32": stockLibrary(l, lua.Bit32Open, "bit32", "arshift", "band", "bnot", "bor", "btest", "bxor", "extract",
				"lrotate", "lshift", "replace", "rrotate", "rshift"),
			"coroutine": ownLibrary("coroutine.", map[string]lua.Function{
				"create": coroutineCreate, "resume": coroutineResume, "running": coroutineRunning,
				"status": coroutineStatus, "wrap": coroutineWrap, "yield": coroutineYield,
			}),
			"debug":  debug,
			"string": ownLibrary("string.", map[string]lua.Function{"dump": stringDump}),
		},
	})
}

const stockPath = "./?.lua"

// stockLibrary returns functions of a library of the VM.
func stockLibrary(l *lua.State, open lua.Function, name string, functions ...string) stdlib.Library {
	l.PushGoFunction(open)
	l.Call(0, 1)
	own := map[string]lua.Function{}
	for _, f := range functions {
		l.Field(-1, f)
		own[f] = l.ToGoFunction(-1)
		l.Pop(1)
	}
	l.Pop(1)
	return ownLibrary(name+".", own)
}

// ownLibrary converts functions in the VM's form to functions of the contract.
func ownLibrary(prefix string, functions map[string]lua.Function) stdlib.Library {
	lib := stdlib.Library{}
	for name, f := range functions {
		f = contained(prefix+name, f)
		lib[name] = func(vm backend.VM) int { return f(vm.(state).l) }
	}
	return lib
}

// functionName is the upvalue of a library function, for tracebacks.
type functionName string

func pushLibraryFunction(vm backend.VM, name string, f backend.Function) {
	l := vm.(state).l
	l.PushLightUserData(functionName(name))
	l.PushGoClosure(goFunction(f), 1)
}

// complete fills the table or string at index if it is filled on use, see backend.Libraries.
func complete(l *lua.State, index int) {
	if !l.MetaTable(index) {
		return
	}
	lazy := l.ToValue(-1)
	l.Pop(1)
	if d := dataOf(l); d.lazy != nil && lazy == d.lazy {
		d.env.Libraries.Complete(state{l}, index)
	}
}

// hostLibraries are the libraries of a state of the host's own, which the host opens itself.
type hostLibraries struct{}

func (hostLibraries) Complete(backend.VM, int) {}

func (hostLibraries) HasFunction(module, name string) bool {
	return libraries.HasFunction(module, name)
}

func (hostLibraries) PushModules(vm backend.VM) {
	backend.GetRegistered(vm, "_LOADED")
	backend.GetRegistered(vm, "_PRELOAD")
}

func (hostLibraries) Preload(vm backend.VM, name string, loader backend.Function) {
	l := vm.(state).l
	lua.SubTable(l, lua.RegistryIndex, "_PRELOAD")
	pushFunction(l, loader)
	l.SetField(-2, name)
	l.Pop(1)
}
