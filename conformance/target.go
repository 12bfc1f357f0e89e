package conformance

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// Target is what the suite runs on: scripts run in VMs of Caller and make states of Callee.
type Target struct {
	Caller, Callee backend.Backend
}

// String returns "gopherlua", or "gopherlua calls golua".
func (target Target) String() string {
	if target.mixed() {
		return target.Caller.Name() + " calls " + target.Callee.Name()
	}
	return target.Caller.Name()
}

func (target Target) mixed() bool { return target.Caller != target.Callee }

// lackOf returns the reason why the target lacks one of the capabilities, or nothing.
func (target Target) lackOf(needs []backend.Capability) string {
	for _, capability := range needs {
		for _, b := range []backend.Backend{target.Caller, target.Callee} {
			if !b.Capabilities().Has(capability) {
				return fmt.Sprintf("%s lacks %s", b.Name(), capability)
			}
		}
	}
	return ""
}
