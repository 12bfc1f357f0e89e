//go:build unix

package example_test

import (
	"os"
	"os/exec"
	"testing"
)

// TestExample starts the three processes, and compares what the players print.
func TestExample(t *testing.T) {
	want, err := os.ReadFile("want.txt")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command("sh", "run.sh")
	command.Stderr = os.Stderr
	got, err := command.Output()
	if err != nil || string(got) != string(want) {
		t.Errorf("%v\n%s", err, got)
	}
}
