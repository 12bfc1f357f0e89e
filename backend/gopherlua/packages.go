package gopherlua

import (
	"fmt"
	"os"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// Where the VM's module functions look for package.loaded and package.loaders.
const (
	loadedKey  = "_LOADED"
	loadersKey = "_LOADERS"
)

// loadedTable returns the state's package.loaded.
func loadedTable(l *lua.LState) *lua.LTable {
	d := dataOf(l)
	packageTable(l, d)
	return d.loaded
}

// packageTable returns the state's package, which is made when it is first used.
func packageTable(l *lua.LState, d *vmdata) *lua.LTable {
	if d.pkg != nil {
		return d.pkg
	}
	t, loaders := l.NewTable(), l.NewTable()
	d.pkg, d.loaded, d.preload = t, l.NewTable(), l.NewTable()
	l.G.Registry.RawSetString(loadedKey, d.loaded)
	t.RawSetString("loaded", d.loaded)
	t.RawSetString("preload", d.preload)
	t.RawSetString("loaders", loaders)
	t.RawSetString("searchers", loaders)
	t.RawSetString("config", lua.LString(string(os.PathSeparator)+"\n;\n?\n!\n-\n"))
	t.RawSetString("seeall", newFunction(l, seeall))
	loaders.Append(newFunction(l, searchPreload))
	if !d.env.NoFiles {
		loaders.Append(newFunction(l, searchLua))
		t.RawSetString("path", lua.LString(d.env.PathPrefix()+defaultPath()))
		t.RawSetString("cpath", lua.LString(""))
		t.RawSetString("loadlib", newFunction(l, loadlib))
		t.RawSetString("searchpath", goFunction(l, stdlib.PackageSearchpath))
	}
	d.loaded.RawSetString("package", t)
	d.loaded.RawSetString("_G", l.G.Global)
	for _, lib := range template.all {
		if d.opened&(1<<lib.id) != 0 {
			d.loaded.RawSetString(lib.name, libraryTable(l, d, lib))
		}
	}
	for _, lib := range d.hidden {
		d.preload.RawSetString(lib.name, newFunction(l, func(l *lua.LState) int { return loadHidden(l, lib) }))
	}
	for _, m := range d.modules {
		d.preload.RawSetString(m.name, goFunction(l, m.loader))
	}
	d.hidden, d.modules = nil, nil
	return t
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
	d := dataOf(l)
	switch {
	case d.preload != nil:
		d.preload.RawSetString(name, goFunction(l, loader))
	case d.own:
		d.modules = append(d.modules, preloaded{name, loader})
	default:
		preloadTable(l).RawSetString(name, goFunction(l, loader))
	}
}

// preloadTable returns package.preload of a state of the user's own. Without the library package, the VM's require,
// which is a base function, gets what it needs to find preloaded modules and nothing else.
func preloadTable(l *lua.LState) *lua.LTable {
	pkg, ok := l.G.Global.RawGetString("package").(*lua.LTable)
	if !ok {
		pkg = l.NewTable()
		l.G.Global.RawSetString("package", pkg)
	}
	if _, ok := l.G.Registry.RawGetString(loadersKey).(*lua.LTable); !ok {
		loaders := l.NewTable()
		loaders.Append(l.NewFunction(vmSearchPreload))
		l.G.Registry.RawSetString(loadersKey, loaders)
		pkg.RawSetString("loaders", loaders)
	}
	if _, ok := l.G.Registry.RawGetString(loadedKey).(*lua.LTable); !ok {
		l.G.Registry.RawSetString(loadedKey, l.NewTable())
	}
	preload, ok := pkg.RawGetString("preload").(*lua.LTable)
	if !ok {
		preload = l.NewTable()
		pkg.RawSetString("preload", preload)
	}
	return preload
}

// require is that of Lua 5.1, with its messages.
func require(l *lua.LState) int {
	name := checkText(l, 1, "require")
	loaded := loadedTable(l)
	if v := loaded.RawGetString(name); lua.LVAsBool(v) {
		if v == loading {
			raiseText(l, "loop or previous error loading module '%s'", backend.Quote(name))
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
	loaders, ok := l.GetField(packageTable(l, dataOf(l)), "loaders").(*lua.LTable)
	if !ok {
		raiseText(l, "'package.loaders' must be a table")
	}
	var messages strings.Builder
	for i := 1; ; i++ {
		searcher := loaders.RawGetInt(i)
		if searcher == lua.LNil {
			raiseText(l, "module '%s' not found:%s", backend.Quote(name), messages.String())
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
			checkSize(l, messages.Len()+len(v))
			messages.WriteString(string(v))
		}
	}
}

func searchPreload(l *lua.LState) int {
	name := checkText(l, 1, "searcher")
	if f := dataOf(l).preload.RawGetString(name); f != lua.LNil {
		l.Push(f)
	} else {
		l.Push(lua.LString(fmt.Sprintf("\n\tno field package.preload['%s']", backend.Quote(name))))
	}
	return 1
}

func searchLua(l *lua.LState) int {
	name := checkText(l, 1, "searcher")
	path, ok := l.GetField(packageTable(l, dataOf(l)), "path").(lua.LString)
	if !ok {
		raiseText(l, "'package.path' must be a string")
	}
	file, tried := stdlib.FindModule(state{l}, name, string(path))
	if file == "" {
		l.Push(lua.LString(tried))
		return 1
	}
	source, err := os.ReadFile(file)
	if err == nil {
		err = load(l, string(source), "@"+file)
	}
	if err != nil {
		raiseText(l, "error loading module '%s' from file '%s':\n\t%s", backend.Quote(name), backend.Quote(file), err.Error())
	}
	return 1
}

// module is the VM's, which looks at the globals and package.loaded raw.
func module(l *lua.LState) int {
	checkText(l, 1, "module")
	loadedTable(l)
	fillTable(l, l.G.Global)
	return vmModule(l)
}

// seeall is package.seeall(module): globals are seen through it.
func seeall(l *lua.LState) int {
	t := fillTable(l, checkTable(l, 1, "seeall"))
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		mt = l.NewTable()
		t.Metatable = mt
	}
	mt.RawSetString("__index", l.G.Global)
	return 0
}

func loadlib(l *lua.LState) int {
	l.Push(lua.LNil)
	l.Push(lua.LString("dynamic libraries not enabled; check your Lua installation"))
	l.Push(lua.LString("absent"))
	return 3
}
