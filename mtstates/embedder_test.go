package mtstates_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/spec"
)

// TestEmbedder makes a program in a module of its own for each VM. It must get nothing from this repository but that
// VM and the package that writes profiles, which needs no other: not in its go.mod after go mod tidy, nor among the
// packages that it links. What only tests, tools and the
// generator need stays here, although all are in one module, because go mod tidy lists what a program's own packages
// import.
func TestEmbedder(t *testing.T) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	ours, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	versions := moduleVersions(t, ours)
	for _, vm := range s.VMs {
		if vm.Optional {
			continue // it needs a C compiler and a build tag
		}
		t.Run(vm.Name, func(t *testing.T) {
			dir := embedder(t, ours, vm)
			goCommand(t, dir, "mod", "tidy")
			module := words(goCommand(t, dir, "list", "-f", "{{.Module.Path}}", vm.Import))[0]
			want := map[string]string{
				"github.com/mtstates/go-mtstates": "v0.0.0",
				module:                            versions[module],
				profiles:                          versions[profiles],
			}
			if got := moduleVersions(t, dir); !maps.Equal(got, want) {
				t.Errorf("go.mod requires %v, want %v", got, want)
			}
			linked := map[string]bool{}
			for _, path := range words(goCommand(t, dir, "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", ".")) {
				linked[path] = true
			}
			delete(linked, "example.com/embedder")
			if got, want := slices.Sorted(maps.Keys(linked)), slices.Sorted(maps.Keys(want)); !slices.Equal(got, want) {
				t.Errorf("the program links packages of %v, want %v", got, want)
			}
			if got := words(goCommand(t, dir, "run", ".")); !slices.Equal(got, []string{"42", vm.Name}) {
				t.Errorf("the program prints %q", got)
			}
		})
	}
}

// profiles is the module that Host.Profile uses.
const profiles = "github.com/google/pprof"

// embedder writes a program that calls a state, in a module of its own, and returns its folder.
func embedder(t *testing.T, ours string, vm *spec.VM) string {
	t.Helper()
	dir := t.TempDir()
	sums, err := os.ReadFile(filepath.Join(ours, "go.sum")) // so that no server is asked for what is known
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.sum": string(sums),
		"go.mod": fmt.Sprintf(`module example.com/embedder

go 1.26.0

require github.com/mtstates/go-mtstates v0.0.0

replace github.com/mtstates/go-mtstates => %q
`, filepath.ToSlash(ours)),
		"main.go": fmt.Sprintf(`package main

import (
	"context"
	"fmt"
	"log"

	vm "github.com/mtstates/go-mtstates/backend/%s"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

func main() {
	ctx := context.Background()
	h, err := host.New(vm.Backend)
	if err != nil {
		log.Fatal(err)
	}
	defer h.Wait(ctx)
	state, _, err := h.States.NewState(ctx, "local buffer = require('mtmsg').newbuffer() return function(n) return n + 1 end", mtstates.Named("adder"))
	if err != nil {
		log.Fatal(err)
	}
	results, err := state.Call(ctx, 41)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(results...)
	fmt.Println(vm.Backend.Name())
}
`, vm.Package),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// moduleVersions returns the modules that the go.mod in a folder requires, with their versions.
func moduleVersions(t *testing.T, dir string) map[string]string {
	t.Helper()
	var mod struct {
		Require []struct{ Path, Version string }
	}
	if err := json.Unmarshal(goCommand(t, dir, "mod", "edit", "-json"), &mod); err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, r := range mod.Require {
		versions[r.Path] = r.Version
	}
	return versions
}

// goCommand returns what a go command prints.
func goCommand(t *testing.T, dir string, arguments ...string) []byte {
	t.Helper()
	command := exec.Command("go", arguments...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOOS=", "GOARCH=")
	var problems strings.Builder
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, problems.String())
	}
	return out
}

func words(out []byte) []string { return strings.Fields(string(out)) }
