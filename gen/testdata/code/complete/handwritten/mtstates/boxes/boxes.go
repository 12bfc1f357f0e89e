package boxes

import "github.com/mtstates/go-mtstates/backend"

type (
	Box    struct{}
	module struct{}
)

func (*module) put(backend.VM, putArgs) (int, error)                    { return 0, nil }
func (*module) fill(backend.VM, fillArgs) (int, error)                  { return 0, nil }
func (*module) wait(backend.VM, waitArgs) (int, error)                  { return 0, nil }
func (*module) boxTakeOut(backend.VM, Box, boxTakeOutArgs) (int, error) { return 0, nil }
func (*module) boxMeta(backend.VM)                                      {}
