package measure

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

func TestProbe(t *testing.T) {
	for _, lost := range repair.Degraded(Repair) {
		t.Error(lost.Reason)
	}
}
