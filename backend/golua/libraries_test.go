package golua

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestLibraries(t *testing.T) {
	for _, c := range []struct {
		name    string
		options backend.Options
		source  string
		want    string
	}{
		{"none", backend.Options{}, `local n = "" for _, k in ipairs{"string", "table", "io", "os", "math", "debug", "bit32"} do n = n .. type(_G[k]) .. type(package.loaded[k]) .. type(package.preload[k]) end return n == ("x" and "") .. "nilnilnilnilnilnilnilnilnilnilnilnilnilnilnilnilnilnilnilnilnil"`, "true"},
		{"none: methods", backend.Options{}, `return (pcall(function() return ("x"):upper() end))`, "false"},
		{"none: require", backend.Options{}, `local ok, e = pcall(require, "string") return e`, "module 'string' not found:\n\tno field package.preload['string']\n\tno file './string.lua'"},
		{"none: loadlib", backend.Options{}, `local _, m, w = package.loadlib("x", "luaopen_io") return m .. w`, "dynamic libraries not enabled; check your Lua installationabsent"},
		{"base and package", backend.Options{}, `return tostring(package.loaded._G == _G) .. tostring(package.loaded.package == package) .. tostring(require "package" == package)`, "truetruetrue"},
		{"open", backend.Options{Open: []string{"string", "io"}}, `return tostring(require "string" == string) .. tostring(package.loaded.io == io) .. ("x"):upper() .. type(os)`, "truetrueXnil"},
		{"preload", backend.Options{Preload: []string{"string", "math"}}, `local before = pcall(function() return ("x"):upper() end) local s = require "string" return tostring(before) .. tostring(_G.string) .. s.upper("x") .. ("y"):upper() .. tostring(package.loaded.string == s) .. tostring(require "string" == s) .. type(require("math").sin)`, "falsenilXYtruetruefunction"},
		{"preload io", backend.Options{Preload: []string{"io"}}, `local io2 = require "io" return type(io2.write) .. type(io) .. io2.type(io2.stdout)`, "functionnilfile"},
		{"missing module", backend.Options{}, `package.path = "./?.lua;/x/?.lua" local ok, e = pcall(function() require "no.such" end) return e`, "test:1: module 'no.such' not found:\n\tno field package.preload['no.such']\n\tno file './no/such.lua'\n\tno file '/x/no/such.lua'"},
		{"package.path is no string", backend.Options{}, `package.path = nil local ok, e = pcall(require, "x") return e`, "'package.path' must be a string"},
		{"searchers", backend.Options{}, `table = nil package.searchers[3] = function(name) return function(...) return {...} end, "extra" end local m = require "own" return m[1] .. m[2]`, "ownextra"},
		{"searchers is no table", backend.Options{}, `package.searchers = nil local ok, e = pcall(require, "x") return e`, "'package.searchers' must be a table"},
		{"module without result", backend.Options{}, `package.preload.m = function() end return tostring(require "m") .. tostring(package.loaded.m)`, "truetrue"},
		{"monkey patches stay", backend.Options{Open: []string{"string"}}, `string.upper = function() return "mine" end return ("x"):upper()`, "mine"},
		{"fresh", backend.Options{Open: []string{"string", "debug"}}, `local name = debug.setupvalue(print, 1, 5) return ("x"):upper() .. tostring(name) .. select("#", debug.getupvalue(print, 1))`, "Xnil0"},
		{"upvalues", backend.Options{Open: []string{"debug"}}, `local x = 1 local function f() return x end local n, v = debug.getupvalue(f, 1) return n .. v .. debug.setupvalue(f, 1, 7) .. f()`, "x1x7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Backend.NewVM(c.options)
			if err != nil {
				t.Fatal(err)
			}
			if s.GetTop() != 0 {
				t.Errorf("top of a new state is %d", s.GetTop())
			}
			do(t, s, c.source)
			if got := backend.ToStringMeta(s, 1); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestUnknownLibrary(t *testing.T) {
	for _, o := range []backend.Options{{Open: []string{"utf8"}}, {Preload: []string{"nope"}}} {
		if _, err := Backend.NewVM(o); err == nil || !strings.Contains(err.Error(), "has no library") {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestPreload(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		calls := 0
		backend.Preload(s, "test.module", func(s backend.VM) int {
			calls++
			s.CreateTable(0, 0)
			s.PushValue(1)
			s.RawSetField(-2, "name")
			return 1
		})
		do(t, s, `package.preload2 = package.preload local m = require "test.module" return m.name, m == require "test.module", m == package.loaded["test.module"]`)
		if name, _ := s.ToString(1); name != "test.module" || !s.ToBoolean(2) || !s.ToBoolean(3) || calls != 1 {
			t.Errorf("%q, %d calls", name, calls)
		}
		if s.GetTop() != 3 {
			t.Errorf("top %d", s.GetTop())
		}
	})
}

// functionNames returns the names of all library functions, such as "print" and "string.rep".
func functionNames(t *testing.T, s backend.VM) []string {
	t.Helper()
	loadChunk(t, s, `
		local names = {}
		local function list(prefix, library)
			for name, value in pairs(library) do
				if type(value) == "function" then names[#names + 1] = prefix .. name end
			end
		end
		list("", _G)
		for name, library in pairs(package.loaded) do
			if name ~= "_G" then list(name .. ".", library) end
		end
		return table.concat(names, " ")`, "=names")
	s.Call(0, 1)
	names, _ := s.ToString(-1)
	s.SetTop(0)
	return strings.Fields(names)
}

// Every library function survives calls with odd arguments: an error is a Lua error.
func TestOddArguments(t *testing.T) {
	s := newTestState(t, nil)
	skip := map[string]bool{"io.read": true, "io.lines": true, "dofile": true, "loadfile": true, "os.execute": true, "os.tmpname": true, "os.remove": true, "os.rename": true, "io.close": true, "io.output": true, "io.input": true, "io.tmpfile": true, "print": true, "io.write": true}
	for _, full := range functionNames(t, s) {
		if skip[full] {
			continue
		}
		loadChunk(t, s, "pcall("+full+")", "=test")
		s.PCall(0, 0)
		s.SetTop(0)
		for _, args := range []string{"nil", "1", "'x'", "{}", "1, 2", "'x', 'y'", "{}, {}", "print", "'%', 1", "{}, 1, 2", "-1, -1, -1", "'', 0/0", "u", "u, u", "'x', u"} {
			loadChunk(t, s, "u = ... pcall("+full+", "+args+")", "=test")
			s.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: 1}))
			if failure := s.PCall(1, 0); failure != nil {
				t.Errorf("%s(%s): %s", full, args, backend.ToStringMeta(s, -1))
			}
			s.SetTop(0)
		}
	}
	usable(t, s, 0)
}

func BenchmarkNewState(b *testing.B) {
	all := backend.Options{Open: Backend.Libraries()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Backend.NewVM(all); err != nil {
			b.Fatal(err)
		}
	}
}
