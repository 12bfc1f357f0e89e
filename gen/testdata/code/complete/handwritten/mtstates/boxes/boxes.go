package boxes

import "github.com/mtstates/go-mtstates/backend"

type (
	Box    struct{}
	module struct{}
)

func (*module) put(backend.State, putArgs) (int, error)                    { return 0, nil }
func (*module) fill(backend.State, fillArgs) (int, error)                  { return 0, nil }
func (*module) wait(backend.State, waitArgs) (int, error)                  { return 0, nil }
func (*module) boxTakeOut(backend.State, Box, boxTakeOutArgs) (int, error) { return 0, nil }
func (*module) boxMeta(backend.State)                                      {}
