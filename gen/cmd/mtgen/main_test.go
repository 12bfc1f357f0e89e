package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// repository returns a folder with the spec of a golden case.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "spec"), os.DirFS("../../testdata/code/minimal/spec")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module github.com/mtstates/go-mtstates\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestRunWritesAndThenChecks(t *testing.T) {
	root := repository(t)
	var out bytes.Buffer
	if err := command(&out, []string{"--root", root, "--check"}); err == nil {
		t.Error("checking succeeds though nothing is generated")
	}
	if _, err := os.Stat(filepath.Join(root, "backend")); err == nil {
		t.Error("checking writes")
	}
	out.Reset()
	if err := command(&out, []string{"--root", root}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "missing: backend/backend_gen.go\n") {
		t.Errorf("the output does not name what was written: %q", out.String())
	}
	if err := command(&out, []string{"--root", root, "--check"}); err != nil {
		t.Error(err)
	}
}

func TestRunFindsTheRoot(t *testing.T) {
	root := repository(t)
	t.Chdir(filepath.Join(root, "spec"))
	if err := command(new(bytes.Buffer), nil); err != nil {
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
	err := command(new(bytes.Buffer), []string{"--root", root})
	if want := "spec/errors.yaml:1:1: the file is missing"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestArguments(t *testing.T) {
	root := repository(t)
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module example.com/m\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(other, "lua"), os.DirFS(filepath.Join(root, "spec"))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string // part of the error
	}{
		{[]string{"spec"}, `mtgen: unexpected argument "spec", see mtgen --help`},
		{[]string{"--chek"}, "unknown flag: --chek"},
		{[]string{"--root", other}, "no such file or directory"},
		{[]string{"--root", other, "--spec", "lua"}, "lua has a contract, but the contract of this generator is that of github.com/mtstates/go-mtstates and not of example.com/m"},
		{[]string{"--root", root, "--out", "lua"}, "the spec in spec has a contract, so its packages have their places"},
		{[]string{"--root", filepath.Join(root, "spec")}, "go.mod"},
	} {
		if err := command(new(bytes.Buffer), c.args); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("mtgen %s: got %v, want %s", strings.Join(c.args, " "), err, c.want)
		}
	}
}

func TestHelp(t *testing.T) {
	var out bytes.Buffer
	if err := command(&out, []string{"--help"}); !errors.Is(err, pflag.ErrHelp) {
		t.Errorf("got %v", err)
	}
	for _, want := range []string{"modules/NAME.yaml", "vms/NAME.yaml", "--spec", "--out", "--root", "--check"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the help lacks %s:\n%s", want, out.String())
		}
	}
}
