//go:build mtstates_lua54

package lua54_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend/lua54"
	"github.com/mtstates/go-mtstates/conformance"
)

func TestConformance(t *testing.T) { conformance.Run(t, lua54.Backend) }
