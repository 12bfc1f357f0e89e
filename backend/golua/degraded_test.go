package golua

import "testing"

// TestNotDegraded checks that all repairs work with the version of the VM that go.mod names.
func TestNotDegraded(t *testing.T) {
	for _, d := range Backend.Degraded() {
		t.Error(d)
	}
}
