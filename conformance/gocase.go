package conformance

import "testing"

// goCase is a case that only Go can make.
type goCase struct {
	name   string
	proves []string
	run    func(t *testing.T, target Target)
}

// goCases returns the Go cases in their order.
func goCases() []goCase {
	return contractCases
}

var contractCases []goCase
