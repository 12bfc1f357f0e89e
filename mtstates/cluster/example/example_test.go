//go:build unix

package example_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/mtstates/go-mtstates/conformance/backends"
)

// TestExample starts the three processes on each VM, and compares what the players print.
func TestExample(t *testing.T) {
	want, err := os.ReadFile("want.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			command := exec.Command("sh", "run.sh")
			command.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -tags=mtstates_"+b.Name())
			command.Stderr = os.Stderr
			got, err := command.Output()
			if err != nil || string(got) != string(want) {
				t.Errorf("%v\n%s", err, got)
			}
		})
	}
}
