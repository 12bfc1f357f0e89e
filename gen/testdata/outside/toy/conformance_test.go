package toy_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/conformance"

	"example.com/outside/toy"
)

// TestConformance runs the whole suite. Cases of what the VM lacks by design are not run (lacks in spec/vms/toy.yaml);
// known_failing.txt has those that fail, each with its reason.
func TestConformance(t *testing.T) { conformance.Run(t, toy.Backend) }
