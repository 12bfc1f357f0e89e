package gopherlua_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/conformance"
)

func TestConformance(t *testing.T) { conformance.Run(t, gopherlua.Backend) }
