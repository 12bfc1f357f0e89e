package green

import (
	"example.com/green/lua"
	"github.com/mtstates/go-mtstates/backend"
)

func prepare() {}

func degraded() []backend.Degradation { return nil }

func newVM(backend.Options) (backend.VM, error) { return Wrap(&lua.State{}), nil }

func setTop(*lua.State, int)                         {}
func typeOf(*lua.State, int) backend.Type            { return 0 }
func pushFunction(*lua.State, backend.Function)      {}
func protectedCall(*lua.State, int) *backend.Failure { return nil }

func resume(*lua.State, backend.VM, []backend.Value) (int, error) { return 0, nil }
