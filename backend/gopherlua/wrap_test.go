package gopherlua

import (
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// TestPreloadInWrapped checks that require finds a module in a VM with and without the library package.
func TestPreloadInWrapped(t *testing.T) {
	for name, libraries := range map[string][]lua.LGFunction{
		"all":           {lua.OpenBase, lua.OpenPackage},
		"package first": {lua.OpenPackage, lua.OpenBase},
		"base":          {lua.OpenBase},
		"none":          nil,
	} {
		t.Run(name, func(t *testing.T) {
			l := lua.NewState(lua.Options{SkipOpenLibs: true})
			defer l.Close()
			for _, open := range libraries {
				l.Push(l.NewFunction(open))
				l.Call(0, 0)
			}
			for _, module := range []string{"a", "b"} {
				backend.Preload(Wrap(l), module, func(s backend.VM) int {
					s.PushString("module " + module)
					return 1
				})
			}
			if libraries == nil {
				return // there is no require
			}
			if err := l.DoString(`assert(require "a" == "module a" and require "b" == "module b") assert(not pcall(require, "none"))`); err != nil {
				t.Error(err)
			}
		})
	}
}
