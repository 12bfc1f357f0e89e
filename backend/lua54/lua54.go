//go:build mtstates_lua54

package lua54

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/cvm"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// kind is what package cvm knows about the VM; prepare makes it.
var kind cvm.Kind

func prepare() {
	kind = cvm.Kind{Backend: Backend, Wrap: wrap, Unwrap: Unwrap, Environment: "_ENV"}
	kind.Libraries = stdlib.NewSet(Backend.Libraries(), stdlib.Dialect{
		Lua:  504,
		Path: "./?.lua",
		Metamethods: []string{
			"__add", "__div", "__idiv", "__mod", "__mul", "__pow", "__sub", "__unm",
		},
		Push: kind.PushLibraryFunction(isNative),
		Own: map[string]stdlib.Library{
			"_G":        cvm.Native("pcall", "xpcall"),
			"coroutine": cvm.Native("close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield"),
			"debug":     cvm.Native("gethook", "sethook", "getlocal", "setlocal", "getuservalue", "setuservalue", "upvalueid", "upvaluejoin"),
			"math":      cvm.Native("maxinteger", "mininteger", "tointeger", "type", "ult"),
			"string":    {"dump": kind.StringDump, "pack": nil, "packsize": nil, "unpack": nil},
			"table":     cvm.Native("move"),
			"utf8":      cvm.Native("char", "charpattern", "codepoint", "codes", "len", "offset"),
		},
	})
}

// isNative reports whether a library function is the VM's own although package stdlib has one.
func isNative(name string) bool {
	library, _, _ := strings.Cut(name, ".")
	switch library {
	case "math", "string", "table":
		return !bounded[name]
	}
	switch name {
	case "error", "ipairs", "rawequal", "select", "tonumber", "tostring", "type":
		return true
	}
	return false
}

// bounded are functions of package stdlib that end with an error where those of the VM would run without end or make
// strings that are too long.
var bounded = map[string]bool{
	"string.dump": true, "string.find": true, "string.gmatch": true, "string.gsub": true, "string.match": true, "string.rep": true,
	"table.concat": true,
}

func newVM(o backend.Options) (backend.VM, error) { return cvm.New(&kind, o) }

func wrap(t *cvm.Thread) backend.VM { return state{t} }

// degraded is empty: the VM needs no repairs.
func degraded() []backend.Degradation { return nil }

// MeasureMemory implements backend.Measurer: what the VM has allocated, garbage included.
func (s state) MeasureMemory() (bytes int, ok bool) { return s.l.MemoryBytes(), true }
