package golua

import (
	"fmt"
	"os"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// Where the VM's own functions keep package.loaded and package.preload in the registry. States of the backend keep them
// with the other lazy tables.
const (
	loadedKey  = "_LOADED"
	preloadKey = "_PRELOAD"
)

const (
	stockPath     = "./?.lua"
	packageConfig = string(os.PathSeparator) + "\n;\n?\n!\n-\n"
)

// pushPackage pushes a new table package.
func pushPackage(l *lua.State, d *vmdata) {
	lib := stock.libraries[packageLibrary]
	l.CreateTable(0, len(lib.names)+7)
	if d.env.NoFiles {
		l.CreateTable(1, 0)
	} else {
		lib.fill(l)
		l.PushString(d.env.PathPrefix() + defaultPath())
		setRawField(l, -2, "path")
		l.PushString("")
		setRawField(l, -2, "cpath")
		l.CreateTable(2, 0)
		l.PushLightUserData(stock.searchers[1])
		l.RawSetInt(-2, 2)
	}
	l.PushLightUserData(stock.searchers[0])
	l.RawSetInt(-2, 1)
	l.PushValue(-1)
	setRawField(l, -3, "loaders") // its name in Lua 5.1
	setRawField(l, -2, "searchers")
	l.PushString(packageConfig)
	setRawField(l, -2, "config")
	d.pushTable(l, loadedTable)
	setRawField(l, -2, "loaded")
	d.pushTable(l, preloadTable)
	setRawField(l, -2, "preload")
}

// defaultPath is LUA_PATH, where ";;" stands for the VM's default, or the default.
func defaultPath() string {
	path := os.Getenv("LUA_PATH")
	if path == "" {
		return stockPath
	}
	return strings.Trim(strings.ReplaceAll(path, ";;", ";"+stockPath+";"), ";")
}

// preload waits with the table package.preload until something asks for it.
func preload(l *lua.State, name string, open backend.Function) {
	d := dataOf(l)
	switch {
	case !d.own:
		lua.SubTable(l, lua.RegistryIndex, preloadKey)
	case d.tables[preloadTable] == nil:
		d.loaders = append(d.loaders, loader{name, open})
		return
	default:
		d.pushTable(l, preloadTable)
	}
	pushFunction(l, open)
	setRawField(l, -2, name)
	l.Pop(1)
}

// require is that of Lua 5.2, with its messages.
func require(l *lua.State) int {
	name := lua.CheckString(l, 1)
	l.SetTop(1)
	dataOf(l).pushTable(l, loadedTable)
	if rawField(l, 2, name); l.ToBoolean(-1) {
		return 1
	}
	l.Pop(1)
	pushLoader(l, name)
	l.PushString(name)
	l.Insert(-2) // the loader gets the name and what the searcher added
	l.Call(2, 1)
	if !l.IsNil(-1) {
		setRawField(l, 2, name)
	}
	if rawField(l, 2, name); l.IsNil(-1) {
		l.PushBoolean(true)
		l.PushValue(-1)
		setRawField(l, 2, name)
	}
	return 1
}

// pushLoader pushes the loader that a searcher has found and its extra value.
func pushLoader(l *lua.State, name string) {
	dataOf(l).pushTable(l, packageLibrary)
	rawField(l, -1, "searchers")
	l.Remove(-2)
	if !l.IsTable(-1) {
		raiseText(l, "'package.searchers' must be a table")
	}
	searchers := l.Top()
	var messages strings.Builder
	for i := 1; ; i++ {
		l.RawGetInt(searchers, i)
		if l.IsNil(-1) {
			raiseText(l, fmt.Sprintf("module '%s' not found:%s", backend.Quote(name), messages.String()))
		}
		l.PushString(name)
		l.Call(1, 2)
		if l.IsFunction(-2) {
			l.Remove(searchers)
			return
		}
		if text, ok := toString(l, -2); ok {
			checkSize(l, messages.Len()+len(text))
			messages.WriteString(text)
		}
		l.Pop(2)
	}
}

func searchPreload(l *lua.State) int {
	name := lua.CheckString(l, 1)
	dataOf(l).pushTable(l, preloadTable)
	if rawField(l, -1, name); l.IsNil(-1) {
		l.PushString(fmt.Sprintf("\n\tno field package.preload['%s']", backend.Quote(name)))
	}
	return 1
}

func searchLua(l *lua.State) int {
	name := lua.CheckString(l, 1)
	dataOf(l).pushTable(l, packageLibrary)
	rawField(l, -1, "path")
	path, ok := toString(l, -1)
	if !ok {
		return raiseText(l, "'package.path' must be a string")
	}
	file, tried := stdlib.FindModule(state{l}, name, path)
	if file == "" {
		l.PushString(tried)
		return 1
	}
	source, err := os.ReadFile(file)
	if err == nil {
		err = load(l, string(source), "@"+file)
	}
	if err != nil {
		return raiseText(l, fmt.Sprintf("error loading module '%s' from file '%s':\n\t%s", backend.Quote(name), backend.Quote(file), err))
	}
	l.PushString(file)
	return 2
}

func searchpath(l *lua.State) int { return stdlib.PackageSearchpath(state{l}) }

func loadlib(l *lua.State) int {
	l.PushNil()
	l.PushString("dynamic libraries not enabled; check your Lua installation")
	l.PushString("absent")
	return 3
}
