//go:build mtstates_luajit

package luajit

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/cvm"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// kind is what package cvm knows about the VM; prepare makes it.
var kind cvm.Kind

func prepare() {
	kind = cvm.Kind{Backend: Backend, Wrap: wrap, Unwrap: Unwrap, RawTables: true}
	kind.Libraries = stdlib.NewSet(Backend.Libraries(), stdlib.Dialect{
		Lua:  501,
		Path: "./?.lua",
		Push: kind.PushLibraryFunction(isNative),
		Own: map[string]stdlib.Library{
			"_G":        cvm.Native("getfenv", "newproxy", "pcall", "setfenv", "xpcall"),
			"bit":       cvm.Native("arshift", "band", "bnot", "bor", "bswap", "bxor", "lshift", "rol", "ror", "rshift", "tobit", "tohex"),
			"coroutine": cvm.Native("create", "resume", "running", "status", "wrap", "yield"),
			"debug": cvm.Native("getfenv", "gethook", "getlocal", "setfenv", "sethook", "setlocal", "upvalueid",
				"upvaluejoin"),
			"string": {"dump": kind.StringDump},
		},
	})
}

// isNative reports whether a library function is the VM's own although package stdlib has one. What compiles is there as
// far as it does what the profile says.
func isNative(name string) bool { return native[name] }

var native = map[string]bool{
	"error": true, "rawequal": true, "select": true, "type": true,
	"math.abs": true, "math.acos": true, "math.asin": true, "math.atan": true, "math.atan2": true, "math.ceil": true,
	"math.cos": true, "math.cosh": true, "math.deg": true, "math.exp": true, "math.floor": true, "math.fmod": true,
	"math.frexp": true, "math.ldexp": true, "math.modf": true, "math.pow": true, "math.rad": true, "math.sin": true,
	"math.sinh": true, "math.sqrt": true, "math.tan": true, "math.tanh": true,
	"table.insert": true, "table.remove": true,
}

func newVM(o backend.Options) (backend.VM, error) { return cvm.New(&kind, o) }

func wrap(t *cvm.Thread) backend.VM { return state{t} }

// degraded is empty: the VM needs no repairs.
func degraded() []backend.Degradation { return nil }

// MeasureMemory implements backend.Measurer: what the VM has allocated, garbage included.
func (s state) MeasureMemory() (bytes int, ok bool) { return s.l.MemoryBytes(), true }
