package gopherlua

import (
	"slices"
	"sync"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// newTestState returns a state with all libraries.
func newTestState(t testing.TB, o backend.Options) state {
	t.Helper()
	if o.Open == nil {
		o.Open = Backend.Libraries()
	}
	s, err := Backend.NewVM(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s.(state)
}

// keyNames returns the keys that Next gives for the table on the top of the stack, sorted.
func keyNames(s backend.VM) []string {
	var keys []string
	s.PushNil()
	for s.Next(-2) {
		s.SetTop(s.GetTop() - 1)
		text, _ := s.ToString(-1)
		keys = append(keys, text)
	}
	slices.Sort(keys)
	return keys
}

func TestContractSeesFullTables(t *testing.T) {
	t.Run("Next", func(t *testing.T) {
		s := newTestState(t, backend.Options{})
		s.PushGlobalTable()
		keys := keyNames(s)
		for _, name := range append(Backend.Libraries(), "_G", "_VERSION", "package", "pcall", "print", "setfenv", "unpack") {
			if !slices.Contains(keys, name) {
				t.Errorf("no %s in %v", name, keys)
			}
		}
	})
	t.Run("RawField", func(t *testing.T) {
		s := newTestState(t, backend.Options{})
		s.PushGlobalTable()
		s.RawGetField(-1, "string")
		s.RawGetField(-1, "rep")
		s.RawGetField(-2, "nothing")
		if s.Type(-3) != backend.Table || s.Type(-2) != backend.FunctionType || s.Type(-1) != backend.Nil {
			t.Error(s.Type(-3), s.Type(-2), s.Type(-1))
		}
	})
	t.Run("SetRawField", func(t *testing.T) {
		s := newTestState(t, backend.Options{})
		s.PushGlobalTable()
		s.PushNil()
		s.RawSetField(-2, "print")
		s.RawGetField(-1, "print")
		if s.Type(-1) != backend.Nil || slices.Contains(keyNames(pop(s)), "print") {
			t.Error("print came back")
		}
	})
	t.Run("Metatable", func(t *testing.T) {
		s := newTestState(t, backend.Options{})
		s.PushGlobalTable()
		if s.GetMetatable(-1) {
			t.Error("the globals have a metatable")
		}
		s.PushString("")
		if !s.GetMetatable(-1) {
			t.Fatal("strings have no metatable")
		}
		if keys := keyNames(s); !slices.Equal(keys, []string{"__index"}) {
			t.Error(keys)
		}
	})
}

// pop drops the topmost value.
func pop(s backend.VM) backend.VM {
	s.SetTop(s.GetTop() - 1)
	return s
}

// TestUnusedLibrariesAreNotMade checks that the tables of a state are made by their use.
func TestUnusedLibrariesAreNotMade(t *testing.T) {
	s := newTestState(t, backend.Options{})
	made := func() (names []string) {
		for _, name := range Backend.Libraries() {
			if s.l.G.Registry.RawGetString("mtstates.table."+name) != lua.LNil {
				names = append(names, name)
			}
		}
		return names
	}
	for _, test := range []struct {
		source string
		want   []string
	}{
		{"x = 1", nil},
		{"assert(math.floor(2.5) == 2)", []string{"math"}},
		{"assert(('x'):rep(2) == 'xx')", []string{"math", "string"}},
		{"assert(require('string') == string)", Backend.Libraries()},
	} {
		if err := s.Load(test.source, "=test", 0); err != nil {
			t.Fatal(err)
		}
		s.Call(0, 0)
		if got := made(); !slices.Equal(got, test.want) {
			t.Errorf("%s: made %v, want %v", test.source, got, test.want)
		}
	}
}

// TestTemplateIsShared uses all of the libraries, and the code that is kept, in many states at once. Under -race it shows
// that nothing of what they share is written to.
func TestTemplateIsShared(t *testing.T) {
	const source = `
		local text, n = "", 0
		for name, library in pairs(_G) do
			if type(library) == "table" and name ~= "_G" then
				for key in pairs(library) do n = n + 1 text = text .. key .. n end
			end
		end
		string.mine, getmetatable("").__call = n, function(s) return s .. "!" end
		assert(("x")() == "x!" and "10" + 1 == 11 and -"2" == -2)
		local ok, err = pcall(function() return text .. nil end)
		assert(not ok and #err > 0)
		setmetatable(_G, {__index = function(_, name) return name end})
		return unknown .. #text`
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				s, err := Backend.NewVM(backend.Options{Open: Backend.Libraries()})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Load(source, "=shared", 0); err != nil {
					t.Error(err)
				} else if failure := s.PCall(0, 1); failure != nil {
					t.Error(backend.ToStringMeta(s, -1))
				}
				s.Close()
			}
		})
	}
	group.Wait()
}

func TestNoFiles(t *testing.T) {
	const source = `
		for _, name in ipairs{"path", "cpath", "loadlib", "searchpath"} do assert(package[name] == nil, name) end
		assert(dofile == nil and loadfile == nil and #package.searchers == 1)
		assert(rawget(_G, "dofile") == nil and not pcall(require, "nothing"))
		for name in pairs(_G) do assert(name ~= "dofile" and name ~= "loadfile") end
		package.path = "./?.lua"
		assert(not pcall(require, "nothing"))
		return require("given")`
	s := newTestState(t, backend.Options{Open: []string{"string", "table"}, NoFiles: true})
	backend.Preload(s, "given", func(s backend.VM) int {
		s.PushString("found")
		return 1
	})
	if err := s.Load(source, "=test", 0); err != nil {
		t.Fatal(err)
	}
	if failure := s.PCall(0, 1); failure != nil {
		t.Fatal(backend.ToStringMeta(s, -1), failure.Traceback)
	}
	if text, _ := s.ToString(-1); text != "found" {
		t.Error(text)
	}
}
