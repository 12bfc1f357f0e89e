package mtstates_test

import (
	"errors"
	"strings"
	"testing"

	shopify "github.com/Shopify/go-lua"
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// TestErrorsInOwnVM checks what a program gets from the VM of its own that it runs a script in.
func TestErrorsInOwnVM(t *testing.T) {
	vms := map[string]func(script string) error{
		"gopherlua": func(script string) error {
			l := lua.NewState()
			defer l.Close()
			hosttest.New(t, gopherlua.Backend).Preload(gopherlua.Wrap(l))
			return gopherlua.Cause(l.DoString(script))
		},
		"golua": func(script string) error {
			l := shopify.NewState()
			shopify.OpenLibraries(l)
			hosttest.New(t, golua.Backend).Preload(golua.Wrap(l))
			return shopify.DoString(l, script)
		},
	}
	for name, run := range vms {
		t.Run(name, func(t *testing.T) {
			err := run(`
				local state = require("mtstates").newstate("return print")
				state:close()
				state:call()`)
			var object *mtstates.Error
			if !errors.Is(err, mtstates.ErrObjectClosed) || !errors.As(err, &object) ||
				!strings.Contains(err.Error(), "mtstates.error.object_closed: mtstates.state(id=") {
				t.Error(err)
			}
			if err := run(`require("mtstates").newstate()`); err == nil || !strings.Contains(err.Error(),
				":1: bad argument #1 to 'newstate' (function or string expected, got no value)") {
				t.Error(err)
			}
			if err := run(`error("as usual")`); err == nil || !strings.Contains(err.Error(), ":1: as usual") {
				t.Error(err)
			}
			if err := run("return 1"); err != nil {
				t.Error(err)
			}
		})
	}
}
