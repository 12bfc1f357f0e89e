package tasks_test

import (
	"fmt"
	"log"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// A script in a VM of the program's own makes a state and calls it.
func Example_preload() {
	l := lua.NewState()
	defer l.Close()
	h, err := host.New(gopherlua.Backend)
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	h.Preload(gopherlua.Wrap(l))
	if err := l.DoString(`
		local state = require("mtstates").newstate("local n = 0 return function(x) n = n + x return n end")
		state:call(40)
		sum = state:call(2)`); err != nil {
		log.Fatal(err)
	}
	fmt.Println(l.GetGlobal("sum"))
	// Output: 42
}
