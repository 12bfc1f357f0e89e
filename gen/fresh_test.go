package gen

import (
	"testing"
)

// TestFresh fails when the generated files of the repository are not those that its spec gives.
func TestFresh(t *testing.T) {
	changes, err := Sync(Program{Root: "..", Spec: "spec"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		t.Errorf("%s\n%s", c, diff(c.Path, string(c.Have), string(c.Want)))
	}
	if len(changes) > 0 {
		t.Error("to fix it: go generate ./...")
	}
}
