package tasks_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"log"
	"strings"
	"testing/fstest"

	lua "github.com/yuin/gopher-lua"
)

// A script without files, with modules that the program brings, whose output goes to the program.
func Example_sandboxByHand() {
	var output bytes.Buffer
	l := newSandbox(&output, fstest.MapFS{"tax.lua": {Data: []byte("return function(x) return x * 1.2 end")}})
	defer l.Close()
	if err := l.DoString(`
		local tax = require "tax"
		return function(x)
			print("taxed", tax(x))
			return io or os or debug or dofile or loadfile, pcall(require, "os")
		end`); err != nil {
		log.Fatal(err)
	}
	err := l.CallByParam(lua.P{Fn: l.Get(-1), NRet: 2, Protect: true}, lua.LNumber(100))
	fmt.Println("<"+l.Get(-2).String()+">", l.Get(-1), err)
	fmt.Print(output.String())
	// Output:
	// <nil> false <nil>
	// taxed	120
}

func newSandbox(output *bytes.Buffer, files fs.FS) *lua.LState {
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	for name, open := range map[string]lua.LGFunction{
		lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.StringLibName: lua.OpenString,
		lua.TabLibName: lua.OpenTable, lua.MathLibName: lua.OpenMath,
	} {
		l.Push(l.NewFunction(open))
		l.Push(lua.LString(name))
		l.Call(1, 0)
	}
	for _, name := range []string{"dofile", "loadfile", "module", "newproxy"} {
		l.SetGlobal(name, lua.LNil)
	}
	l.SetField(l.GetGlobal("package"), "path", lua.LString(""))
	l.SetField(l.GetGlobal("package"), "loadlib", lua.LNil)
	l.SetGlobal("print", l.NewFunction(func(l *lua.LState) int {
		for i := 1; i <= l.GetTop(); i++ {
			if i > 1 {
				output.WriteByte('\t')
			}
			output.WriteString(l.ToStringMeta(l.Get(i)).String())
		}
		output.WriteByte('\n')
		return 0
	}))
	l.GetField(l.GetGlobal("package"), "loaders").(*lua.LTable).Append(l.NewFunction(func(l *lua.LState) int {
		path := strings.ReplaceAll(l.CheckString(1), ".", "/") + ".lua"
		text, err := fs.ReadFile(files, path)
		if err != nil {
			l.Push(lua.LString("\n\tno file '" + path + "'"))
			return 1
		}
		f, err := l.Load(bytes.NewReader(text), path)
		if err != nil {
			l.RaiseError("%s", err)
		}
		l.Push(f)
		return 1
	}))
	return l
}
