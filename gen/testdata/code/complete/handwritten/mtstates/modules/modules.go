package modules

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

func EditionOf(backend.VM) string { return "" }

func NewError(string) *mtstates.Error                  { return nil }
func Raise(backend.VM, error) int                      { return 0 }
func OpenErrors(backend.VM, string, []*mtstates.Error) {}
