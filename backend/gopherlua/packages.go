package gopherlua

import (
	"fmt"
	"os"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

const loadedKey = "_LOADED" // where the VM's module functions look for package.loaded

func loadedTable(l *lua.LState) *lua.LTable {
	return l.G.Registry.RawGetString(loadedKey).(*lua.LTable)
}

func openPackage(l *lua.LState, d *vmdata) {
	t, loaded, loaders := l.NewTable(), l.NewTable(), l.NewTable()
	fill(l, t, stock["package"])
	d.preload = l.NewTable()
	l.G.Registry.RawSetString(loadedKey, loaded)
	for _, f := range []lua.LGFunction{searchPreload, searchLua} {
		loaders.Append(l.NewFunction(contained(f)))
	}
	t.RawSetString("loaded", loaded)
	t.RawSetString("preload", d.preload)
	t.RawSetString("loaders", loaders)
	t.RawSetString("searchers", loaders)
	t.RawSetString("path", lua.LString(defaultPath()))
	t.RawSetString("loadlib", l.NewFunction(loadlib))
	loaded.RawSetString("package", t)
	l.G.Global.RawSetString("package", t)
}

// defaultPath is LUA_PATH, where ";;" stands for the VM's default, or the default.
func defaultPath() string {
	path := os.Getenv("LUA_PATH")
	if path == "" {
		return lua.LuaPathDefault
	}
	path = strings.ReplaceAll(path, ";;", ";"+lua.LuaPathDefault+";")
	return strings.Trim(path, ";")
}

// preload registers loader in the state's package.preload, also when a script has hidden the global package.
func preload(l *lua.LState, name string, loader backend.Function) {
	t := dataOf(l).preload
	if t == nil {
		t = l.GetField(l.GetField(l.G.Global, "package"), "preload").(*lua.LTable)
	}
	t.RawSetString(name, l.NewFunction(func(l *lua.LState) int {
		defer contain(l)
		return loader(state{l})
	}))
}

// require is that of Lua 5.1, with its messages.
func require(l *lua.LState) int {
	name := l.CheckString(1)
	loaded := loadedTable(l)
	if v := loaded.RawGetString(name); lua.LVAsBool(v) {
		if v == loading {
			l.RaiseError("loop or previous error loading module '%s'", name)
		}
		l.Push(v)
		return 1
	}
	l.Push(findLoader(l, name))
	l.Push(lua.LString(name))
	loaded.RawSetString(name, loading)
	done := false
	defer func() {
		if !done {
			loaded.RawSetString(name, lua.LNil)
		}
	}()
	l.Call(1, 1)
	done = true
	if v := l.Get(-1); v != lua.LNil {
		loaded.RawSetString(name, v)
	} else if loaded.RawGetString(name) == loading {
		loaded.RawSetString(name, lua.LTrue)
	}
	l.Push(loaded.RawGetString(name))
	return 1
}

// loading stands in package.loaded while a module is being loaded.
var loading lua.LValue = &lua.LUserData{Metatable: lua.LNil}

func findLoader(l *lua.LState, name string) lua.LValue {
	loaders, ok := l.GetField(loadedTable(l).RawGetString("package"), "loaders").(*lua.LTable)
	if !ok {
		l.RaiseError("'package.loaders' must be a table")
	}
	var messages strings.Builder
	for i := 1; ; i++ {
		searcher := loaders.RawGetInt(i)
		if searcher == lua.LNil {
			l.RaiseError("module '%s' not found:%s", name, messages.String())
		}
		l.Push(searcher)
		l.Push(lua.LString(name))
		l.Call(1, 1)
		found := l.Get(-1)
		l.Pop(1)
		switch v := found.(type) {
		case *lua.LFunction:
			return v
		case lua.LString:
			messages.WriteString(string(v))
		}
	}
}

func searchPreload(l *lua.LState) int {
	name := l.CheckString(1)
	if f := dataOf(l).preload.RawGetString(name); f != lua.LNil {
		l.Push(f)
	} else {
		l.Push(lua.LString(fmt.Sprintf("\n\tno field package.preload['%s']", name)))
	}
	return 1
}

func searchLua(l *lua.LState) int {
	name := l.CheckString(1)
	path, ok := l.GetField(loadedTable(l).RawGetString("package"), "path").(lua.LString)
	if !ok {
		l.RaiseError("'package.path' must be a string")
	}
	var messages strings.Builder
	for pattern := range strings.SplitSeq(string(path), ";") {
		file := strings.ReplaceAll(pattern, "?", strings.ReplaceAll(name, ".", string(os.PathSeparator)))
		source, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintf(&messages, "\n\tno file '%s'", file)
			continue
		}
		if err := load(l, string(source), "@"+file); err != nil {
			l.RaiseError("error loading module '%s' from file '%s':\n\t%s", name, file, err.Error())
		}
		return 1
	}
	l.Push(lua.LString(messages.String()))
	return 1
}

func loadlib(l *lua.LState) int {
	l.Push(lua.LNil)
	l.Push(lua.LString("dynamic libraries not enabled; check your Lua installation"))
	l.Push(lua.LString("absent"))
	return 3
}
