package conformance

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// registryCases concern the options of a registry.
var registryCases = []goCase{sandboxCase, limitCase, threadLimitCase, messageLimitCase, isolatedCase, allIsolatedCase, stringsCase, textsCase, longStringCase, mixedCase, pathCase}

// limitCase lets a script reach the limit on states. Closing a state makes room, and so does losing the last reference.
var limitCase = goCase{"go/limit", []string{"newstate.limit", "mtstates.error.out_of_memory"}, func(t *recorder, target Target) {
	h := hosttest.New(t, target.Callee, mtstates.WithMaxStates(3), mtstates.WithModules(sharedModules...))
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

// mixedCase has states of both backends of the target in one registry. They find and call each other by name; values,
// results and errors pass through all of them.
var mixedCase = goCase{"go/mixed", []string{"newstate.mixed", "call.values", "call.traceback"}, func(t *recorder, target Target) {
	states := hosttest.New(t, target.Caller).States
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
		st, _, err := states.NewState(context.Background(), code, options...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = st.Close() })
		last = fmt.Sprint("s", i)
	}
	first, err := states.StateByName(last)
	if err != nil {
		t.Fatal(err)
	}
	args := []any{false, nil, true, -1.5, "a\x00\xff", strings.Repeat("x", 1<<16)}
	results, err := first.TryCall(context.Background(), args...)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, fmt.Sprint(results), fmt.Sprint(args[1:]))
	_, err = first.TryCall(context.Background(), true)
	var failed *mtstates.Error
	if !errors.As(err, &failed) || !errors.Is(err, mtstates.ErrInvokingState) {
		t.Fatal(err)
	}
	equal(t, strings.Count(failed.Traceback(), "stack traceback:\n\t"), 4)
	equal(t, strings.HasSuffix(failed.Details(), `"]:6: at the end`), true)
	results, err = first.TryCall(context.Background(), false, "works")
	equal(t, fmt.Sprint(results, err), "[works] <nil>")
}}
