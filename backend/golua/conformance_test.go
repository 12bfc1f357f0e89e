package golua_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/conformance"
)

func TestConformance(t *testing.T) { conformance.Run(t, golua.Backend) }
