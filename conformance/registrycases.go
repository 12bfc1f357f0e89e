package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// registryCases concern what a host chooses for a registry.
var registryCases = []goCase{sandboxCase, limitCase, stringsCase, mixedCase, pathCase}

// limitCase lets a script reach the limit on states. Closing makes room, and so does losing the last reference.
var limitCase = goCase{"go/limit", []string{"newstate.limit", "mtstates.error.out_of_memory"}, func(t *recorder, target Target) {
	h := host.New(target.Callee, mtstates.WithMaxStates(3), mtstates.WithModules(checkModule))
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	push(t, vm, `
		local check, mtstates = require "check", require "mtstates"
		local a, b, c = mtstates.newstate("a", "return print"), mtstates.newstate("return print"), mtstates.newstate("return print")
		for i = 1, 2 do
			local err = check.fails(mtstates.error.out_of_memory, mtstates.newstate, "d", "return print")
			check.equal(err:details(), "the limit of 3 states is reached")
			check.fails(mtstates.error.unknown_object, mtstates.state, "d")
		end
		a:close()
		local d = mtstates.newstate("d", "return print")
		check.fails(mtstates.error.out_of_memory, mtstates.newstate, "return print")
		b, c = nil, nil
		check.equal(mtstates.newstate("e", "return print"):name(), "e")
		-- one that fails in its setup does not count
		for i = 1, 5 do
			check.fails(mtstates.error.invoking_state, mtstates.newstate, "error('no')")
		end
		check.equal(mtstates.newstate("f", "return print"):name(), "f")`)
}}

// pathCase has the host put a folder in front of package.path: states and threads find the module there, unless they can
// read no files.
var pathCase = goCase{"go/path", []string{"newstate.path", "threads.own"}, func(t *recorder, target Target) {
	folder, err := os.MkdirTemp("", "path")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.WriteFile(filepath.Join(folder, "beside.lua"), []byte("return 'read'"), 0o600); err != nil {
		t.Fatal(err)
	}
	templates := []string{filepath.Join(folder, "no", "?.lua"), filepath.Join(folder, "?.lua")}
	h := host.New(target.Callee, mtstates.WithPath(templates...), mtstates.WithModules(checkModule))
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	push(t, vm, fmt.Sprintf(`
		local check, mtstates, llthreads = require "check", require "mtstates", require "llthreads2"
		local templates = %q
		check.equal(package.path:sub(1, #templates + 1), templates .. ";")
		check.equal(require "beside", "read")
		local old = package.path
		package.path = "nowhere/?.lua"
		check.values({n = 3, true, "read", old}, llthreads.new("return require 'beside', package.path"):start():join())
		for _, libs in ipairs {true, false} do
			local state, found, path = mtstates.newstate(libs, [[
				local path = package.path
				local threads = require "llthreads2"
				return function() return threads.new("return require 'beside'"):start():join() end, require "beside", path]])
			check.equal(found, "read")
			check.equal(path:sub(1, #templates + 1), templates .. ";")
			check.values({n = 2, true, "read"}, state:call())
		end`, strings.Join(templates, ";")))

	h = host.New(target.Callee, mtstates.WithPath(templates...), mtstates.WithLibraries("string"))
	_, results, err := h.States.NewState(`return print, package.path, (pcall(require, "beside"))`)
	if err != nil || len(results) != 2 || results[0] != nil || results[1] != false {
		t.Errorf("without files: %v, %v", results, err)
	}
}}

// stringsCase lets a state make strings beyond the limit in each way that there is. It goes on working.
var stringsCase = goCase{"go/strings", []string{"fault.huge_strings", "mtstates.error.out_of_memory", "call.usable"}, func(t *recorder, target Target) {
	const limit = 1 << 20
	states := host.New(target.Callee, mtstates.WithMaxString(limit)).States
	st, _, err := states.NewState(`
		local half = ("x"):rep(2^19)
		local ways = {
			rep = function() return ("x"):rep(2^40) end,
			["rep with separator"] = function() return ("x"):rep(2^19, "yz") end,
			["rep of much"] = function() return half:rep(3) end,
			concatenation = function() return half .. half .. "y" end,
			doubling = function() local s = "x" while true do s = s .. s end end,
			["table.concat"] = function() return table.concat({ half, half, half }) end,
			["table.concat with separator"] = function() return table.concat({ "", "", "", "" }, half) end,
			gsub = function() return (half:gsub("x", "yyy")) end,
			["gsub with function"] = function() return (half:gsub("x", function() return "yyyy" end)) end,
			format = function() return ("%s%s%s"):format(half, half, half) end,
		}
		return function(way, caught)
			if way == "names" then
				local names = {}
				for name in pairs(ways) do names[#names + 1] = name end
				table.sort(names)
				return (unpack or table.unpack)(names)
			elseif caught then
				return pcall(ways[way])
			elseif way then
				return #ways[way]()
			end
			return #(half .. half)
		end`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := st.Call("names")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if results, err := st.Call(name); !errors.Is(err, mtstates.ErrOutOfMemory) {
			t.Errorf("%s: %v %v", name, results, err)
		}
		results, err := st.Call(name, true)
		if err != nil || results[0] != false || !strings.HasSuffix(fmt.Sprint(results[1]), "not enough memory") {
			t.Errorf("%s, caught: %v %v", name, results, err)
		}
		if results, err := st.Call(); err != nil || results[0] != float64(limit) {
			t.Errorf("after %s: %v %v", name, results, err)
		}
	}
}}

// mixedCase has states of both backends of the target in one registry, which find and call each other by name; values,
// results and errors go through all of them.
var mixedCase = goCase{"go/mixed", []string{"newstate.mixed", "call.values", "call.traceback"}, func(t *recorder, target Target) {
	states := host.New(target.Caller).States
	const code = `
		local next = ...
		local mtstates = require "mtstates"
		return function(fail, ...)
			if next then return mtstates.state(next):call(fail, ...) end
			if fail then error("at the end") end
			return ...
		end`
	last := ""
	for i := range 4 {
		options := []mtstates.StateOption{mtstates.Named(fmt.Sprint("s", i))}
		if i%2 == 1 {
			options = append(options, mtstates.On(target.Callee))
		}
		if last != "" {
			options = append(options, mtstates.Arguments(last))
		}
		st, _, err := states.NewState(code, options...)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		last = fmt.Sprint("s", i)
	}
	first, err := states.StateByName(last)
	if err != nil {
		t.Fatal(err)
	}
	args := []any{false, nil, true, -1.5, "a\x00\xff", strings.Repeat("x", 1<<16)}
	results, err := first.Call(args...)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, fmt.Sprint(results), fmt.Sprint(args[1:]))
	_, err = first.Call(true)
	var failed *mtstates.Error
	if !errors.As(err, &failed) || !errors.Is(err, mtstates.ErrInvokingState) {
		t.Fatal(err)
	}
	equal(t, strings.Count(failed.Traceback(), "stack traceback:\n\t"), 4)
	equal(t, strings.HasSuffix(failed.Details(), `"]:6: at the end`), true)
	results, err = first.Call(false, "works")
	equal(t, fmt.Sprint(results, err), "[works] <nil>")
}}
