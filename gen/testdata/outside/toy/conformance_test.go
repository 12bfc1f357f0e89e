package toy_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/conformance"

	"example.com/outside/toy"
)

// TestConformance runs the core of the suite. Cases of what the VM lacks by design are not run, see lacks in
// spec/vms/toy.yaml.
func TestConformance(t *testing.T) { conformance.Run(t, toy.Backend, conformance.Core()) }
