package golua

import (
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

var (
	errFields = errors.New("the VM's fields are not those of the version that go.mod names")

	protectRepair = repair.New("protect", "protected calls are not as fast as promised", func() error {
		if !fields.known {
			return errFields
		}
		return nil
	})
	closuresRepair = repair.New("closures", "closures of different variables may be one function", func() error {
		if !closureFields.known {
			return errFields
		}
		return nil
	})
)

func degraded() []backend.Degradation { return repair.Degraded(protectRepair, closuresRepair) }
