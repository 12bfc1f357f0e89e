//go:build mtstates_luajit

package luajit_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend/luajit"
	"github.com/mtstates/go-mtstates/conformance"
)

func TestConformance(t *testing.T) { conformance.Run(t, luajit.Backend) }
