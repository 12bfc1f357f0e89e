package mtstates_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImportsNoVM proves that the core and the companion modules reach a VM through package backend only.
func TestImportsNoVM(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "go-mtstates/backend\n") {
		t.Fatalf("no list of imports: %s", out)
	}
	const module = "github.com/mtstates/go-mtstates/backend/"
	allowed := []string{module + "arg", module + "binding", module + "crossing", module + "stdio"}
	for path := range strings.SplitSeq(string(out), "\n") {
		for _, forbidden := range []string{"gopher-lua", "Shopify/go-lua", "backend/"} {
			if strings.Contains(path, forbidden) && !slices.Contains(allowed, path) {
				t.Errorf("the core imports %s", path)
			}
		}
	}
}
