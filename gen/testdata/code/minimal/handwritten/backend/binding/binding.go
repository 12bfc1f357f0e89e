package binding

import "github.com/mtstates/go-mtstates/backend"

type (
	Call            struct{ VM backend.VM }
	Raise           func(backend.VM, error) int
	Function[M any] struct {
		Name string
		Call func(m M, c Call) (int, error)
	}
)

func NewModule[M any](backend.VM, Raise, M, []Function[M]) {}
