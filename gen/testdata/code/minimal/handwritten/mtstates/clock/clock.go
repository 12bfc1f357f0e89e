package clock

import "github.com/mtstates/go-mtstates/backend"

type module struct{}

func (*module) now(backend.VM) (int, error) { return 0, nil }

var _ = (*module).open
