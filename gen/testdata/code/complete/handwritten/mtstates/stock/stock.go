package stock

import "github.com/mtstates/go-mtstates/backend"

type module struct{}

func (*module) count(_ backend.VM, shelf Shelf) (int64, error) { return 0, nil }
