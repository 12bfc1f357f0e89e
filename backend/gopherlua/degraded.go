package gopherlua

import (
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

var (
	errFields = errors.New("the VM's fields are not those of the version that go.mod names")

	upvaluesRepair = repair.New("upvalues", "a caught error separates closures from the variables they share", func() error {
		if !fields.known {
			return errFields
		}
		return nil
	})
	deadKeysRepair = repair.New("deadkeys", "objects that were keys of a table live as long as the table", func() error {
		if !layout.known {
			return errFields
		}
		return nil
	})
)

func degraded() []backend.Degradation { return repair.Degraded(upvaluesRepair, deadKeysRepair) }
