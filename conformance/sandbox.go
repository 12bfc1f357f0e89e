package conformance

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// libraryChoice is a choice of libraries for a sandbox.
type libraryChoice struct {
	libraries []string
	// allowed are the findings of cases/walk.lua that the libraries stand for.
	allowed []*regexp.Regexp
}

// libraryChoices are whole libraries, and single functions beside them.
var libraryChoices = []libraryChoice{
	{[]string{"string", "table", "math"}, allowed(`string|table|math`, `_G\.(string|table|math)\.\w+`)},
	{[]string{"string", "math", "os.time", "os.clock", "io.write"},
		allowed(`string|math|os|io`, `_G\.(string|math)\.\w+`, `requires (os|io)`, `_G\.os\.(time|clock)`, `_G\.io\.write`)},
}

// allowed returns patterns for the findings that a sandbox may have: the base functions of both languages except for those
// that read files, the given libraries in package.preload, what the patterns say, and the modules.
func allowed(given string, patterns ...string) (all []*regexp.Regexp) {
	base := "assert|collectgarbage|error|gcinfo|getfenv|getmetatable|ipairs|load|loadstring|module|newproxy|next|pairs|" +
		"pcall|print|rawequal|rawget|rawlen|rawset|require|select|setfenv|setmetatable|tonumber|tostring|type|unpack|xpcall"
	modules := `mtstates|mtmsg|llthreads2|llthreads2\.ex|answer`
	for _, pattern := range append(patterns,
		`_G\.(`+base+`)`,
		`_G\.package\.seeall`,
		`_G\.package\.(loaders|searchers)\[1\]`,
		`_G\.package\.preload\.(`+modules+`|`+given+`)`,
		`_G\.package\.loaded\.(`+modules+`)\.\w+`,
		`(userdata )?_G\.package\.loaded\.(`+modules+`)\.error\.\w+`,
		`userdata (state|thread|buffer)`,
		`state:(id|name|call|close)`,
		`error:(name|details|traceback|message|rep)`,
		`buffer:nextmsg`,
		`string metatable\.__(add|div|idiv|mod|mul|pow|sub|unm)`,
	) {
		all = append(all, regexp.MustCompile(`^`+pattern+`$`))
	}
	return all
}

// sandboxCase looks for anything that the host did not allow, in every kind of VM that a script in a sandbox can get:
// states with and without libraries, states made by states, and threads.
var sandboxCase = goCase{"go/sandbox", []string{"newstate.sandbox", "newstate.modules"}, func(t *recorder, target Target) {
	folder, err := os.MkdirTemp("", "sandbox")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.WriteFile(filepath.Join(folder, "outside.lua"), []byte("return 'read'"), 0o600); err != nil {
		t.Fatal(err)
	}
	walk, err := files.ReadFile("cases/walk.lua")
	if err != nil {
		t.Fatal(err)
	}
	for _, choice := range libraryChoices {
		h := hosttest.New(t, target.Callee, mtstates.WithLibraries(choice.libraries...), mtstates.WithStdout(io.Discard),
			mtstates.WithModules(answerModule))
		for _, place := range sandboxes {
			findings, err := place.run(h, target, string(walk), folder)
			if err != nil {
				t.Errorf("in %s: %v", place.name, err)
				continue
			}
			choice.check(t, place.name, findings)
		}
	}
}}

// check compares what a walk has found with what it may find.
func (c *libraryChoice) check(t *recorder, place, findings string) {
	for finding := range strings.Lines(findings) {
		finding = strings.TrimSuffix(finding, "\n")
		if !slices.ContainsFunc(c.allowed, func(a *regexp.Regexp) bool { return a.MatchString(finding) }) {
			t.Errorf("in %s with %q: a script finds: %s", place, c.libraries, finding)
		}
	}
	for _, wanted := range []string{"_G.print\n", "_G.package.loaded.mtstates.newstate\n"} {
		if !strings.Contains(findings, wanted) {
			t.Errorf("in %s: the walk misses %q", place, wanted)
		}
	}
}

// answerModule is a module of the host.
var answerModule = mtstates.Module{Name: "answer", Open: func(_ *mtstates.Registry, s backend.VM) int {
	s.PushNumber(42)
	return 1
}}

// sandbox is a kind of VM that a script can be in.
type sandbox struct {
	name string
	// run runs the walk there and returns its findings.
	run func(h *host.Host, target Target, walk, folder string) (string, error)
}

// inState returns a sandbox in a state with the given callback, a string of Lua code that gets the walk and the folder
// as its arguments.
func inState(name, callback string, options ...mtstates.StateOption) sandbox {
	return sandbox{name, func(h *host.Host, _ Target, walk, folder string) (string, error) {
		code := "assert(require 'answer' == 42) return function(...) " + callback + " end"
		st, _, err := h.States.NewState(context.Background(), code, options...)
		if err != nil {
			return "", err
		}
		results, err := st.TryCall(context.Background(), walk, folder)
		if err != nil || len(results) == 0 {
			return "", err
		}
		return fmt.Sprint(results[0]), h.Wait(context.Background())
	}}
}

const (
	walkHere = "local walk, folder = ... return assert((loadstring or load)(walk, '=walk'))(folder)"
	walkIn   = "(loadstring or load)(walk, '=walk')(folder)"
)

var sandboxes = []sandbox{
	inState("a state", walkHere),
	inState("a state without libraries", walkHere, mtstates.BaseOnly()),
	inState("a state that a state made", `
		local walk, folder = ...
		local inner = require("mtstates").newstate("return function(walk, folder) return `+walkIn+` end")
		return inner:call(walk, folder)`),
	inState("a thread", `
		local thread = require("llthreads2").new("local walk, folder = ... return `+walkIn+`", ...)
		thread:start()
		return select(2, thread:join())`),
	{"a VM for scripts", func(h *host.Host, target Target, walk, folder string) (string, error) {
		vm, err := h.States.NewVM(target.Caller, nil)
		if err != nil {
			return "", err
		}
		defer vm.Close()
		if err := vm.Load(walk, "=walk", 0); err != nil {
			return "", err
		}
		vm.PushString(folder)
		if f := vm.PCall(1, 1); f != nil {
			return "", fmt.Errorf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
		}
		return text(vm, -1), nil
	}},
}
