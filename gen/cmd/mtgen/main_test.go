package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// repository returns a folder with the spec of a golden case.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "spec"), os.DirFS("../../testdata/code/minimal/spec")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module example.com/m\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestRunWritesAndThenChecks(t *testing.T) {
	root := repository(t)
	var out bytes.Buffer
	if err := run(&out, root, false); err == nil {
		t.Error("checking succeeds though nothing is generated")
	}
	if _, err := os.Stat(filepath.Join(root, "backend")); err == nil {
		t.Error("checking writes")
	}
	out.Reset()
	if err := run(&out, root, true); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "missing: backend/backend_gen.go\n") {
		t.Errorf("the output does not name what was written: %q", out.String())
	}
	if err := run(&out, root, false); err != nil {
		t.Error(err)
	}
}

func TestRunFindsTheRoot(t *testing.T) {
	root := repository(t)
	t.Chdir(filepath.Join(root, "spec"))
	if err := run(new(bytes.Buffer), "", true); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "backend", "backend_gen.go")); err != nil {
		t.Error(err)
	}
}

func TestRunReportsProblems(t *testing.T) {
	root := repository(t)
	if err := os.Remove(filepath.Join(root, "spec", "errors.yaml")); err != nil {
		t.Fatal(err)
	}
	err := run(new(bytes.Buffer), root, true)
	if want := "spec/errors.yaml:1:1: the file is missing"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
