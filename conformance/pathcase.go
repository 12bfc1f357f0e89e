package conformance

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// pathCase puts folders in front of package.path and behind it: states and threads find modules there, unless they cannot
// read files.
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
	h := hosttest.New(t, target.Callee, mtstates.WithPath(templates...), mtstates.WithFallbackPath("last/?.lua"), mtstates.WithModules(sharedModules...))
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	push(t, vm, fmt.Sprintf(`
		local check, mtstates, llthreads = require "check", require "mtstates", require "llthreads2"
		local templates = %q
		check.equal(package.path:sub(1, #templates + 1), templates .. ";")
		check.equal(package.path:sub(-11), ";last/?.lua")
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
			check.equal(path:sub(-11), ";last/?.lua")
			check.values({n = 2, true, "read"}, state:call())
		end`, strings.Join(templates, ";")))

	h = hosttest.New(t, target.Callee, mtstates.WithPath(templates...), mtstates.WithLibraries("string"))
	_, results, err := h.States.NewState(context.Background(), `return print, package.path, (pcall(require, "beside"))`)
	if err != nil || len(results) != 2 || results[0] != nil || results[1] != false {
		t.Errorf("without files: %v, %v", results, err)
	}
}}
