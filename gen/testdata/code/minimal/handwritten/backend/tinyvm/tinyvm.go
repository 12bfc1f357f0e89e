package tinyvm

import (
	lua "example.com/tiny"
	"github.com/mtstates/go-mtstates/backend"
)

func newState(backend.Options) (backend.State, error) { return Wrap(&lua.State{}), nil }

func pushFunction(*lua.State, backend.Function) {}
