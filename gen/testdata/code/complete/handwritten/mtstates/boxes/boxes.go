package boxes

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
)

type (
	Box    struct{}
	module struct{}
)

func (*module) put(
	_ backend.VM, text string, count int64, ratio float64, flag bool, value int, box *Box, list int,
	a binding.Optional[string], b binding.Optional[int64], c float64, d bool, e, f, g int, h *Box,
) (binding.Optional[bool], error) {
	return binding.Optional[bool]{}, nil
}

func (*module) fill(
	_ backend.VM, name binding.Optional[string], size binding.Optional[int64], ratio float64,
	part binding.Optional[float64],
) error {
	return nil
}

func (*module) wait(_ backend.VM, seconds float64) (*Box, int64, binding.Optional[string], error) {
	return nil, 0, binding.Optional[string]{}, nil
}

func (*module) boxTakeOut(_ backend.VM, self *Box, timeout binding.Optional[float64]) (int, error) {
	return 0, nil
}
