package tinyvm

import (
	lua "example.com/tiny"
	"github.com/mtstates/go-mtstates/backend"
)

func prepare() {}

func degraded() []backend.Degradation { return nil }

func newVM(backend.Options) (backend.VM, error) { return Wrap(&lua.State{}), nil }

func pushFunction(*lua.State, backend.Function) {}
