package golua

import (
	"io"
	"os"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	own       bool // made by the backend: it has the base frame (state.go) and lazy libraries
	noFiles   bool
	path      string // what stands in front of package.path, with a ";" at its end
	maxString int
	stdout    io.Writer // nil means os.Stdout
	exit      func(int)
	collect   func()             // nil means runtime.GC
	interrupt *backend.Interrupt // nil when the state cannot be interrupted
	kept      map[any]any
	dumps     dumpCache
	functions []prototypes // see noteFunction
	// liveFunctions is how many of functions there were when dead ones were last taken out.
	liveFunctions int
	libraries
	traversals
}

// dataIndex is where the VM's registry has the data: an index of its array is read fastest.
const dataIndex = lua.RegistryIndexGlobals + 1

// dataOf returns the data of l's VM; a wrapped state gets its own on first use.
func dataOf(l *lua.State) *vmdata {
	l.RawGetInt(lua.RegistryIndex, dataIndex)
	d, ok := l.ToUserData(-1).(*vmdata)
	l.Pop(1)
	if !ok {
		d = &vmdata{maxString: backend.DefaultMaxString}
		setData(l, d)
	}
	return d
}

func setData(l *lua.State, d *vmdata) {
	l.PushUserData(d)
	l.RawSetInt(lua.RegistryIndex, dataIndex)
}

func maxString(l *lua.State) int { return dataOf(l).maxString }

func writeOutput(l *lua.State, text string) error {
	out := dataOf(l).stdout
	if out == nil {
		out = os.Stdout
	}
	_, err := io.WriteString(out, text)
	return err
}

func exit(l *lua.State, status int) {
	if exit := dataOf(l).exit; exit != nil {
		exit(status)
	}
}

func keep(l *lua.State, key, value any) {
	d := dataOf(l)
	if d.kept == nil {
		d.kept = map[any]any{}
	}
	d.kept[key] = value
}

func kept(l *lua.State, key any) any { return dataOf(l).kept[key] }

func owner(*lua.State) backend.Backend { return Backend }
