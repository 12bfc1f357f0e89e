package selected_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/spec"
)

// TestLinksOneVM proves that a program with the selected backend holds the chosen VM and its adapter, and no other one.
func TestLinksOneVM(t *testing.T) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	for _, chosen := range s.VMs {
		packages := dependencies(t, chosen.Tag, "../../tools/mtlua")
		if chosen.Default {
			if without := dependencies(t, "", "../../tools/mtlua"); !slices.Equal(without, packages) {
				t.Errorf("without a tag the program differs from one with the tag %s", chosen.Tag)
			}
		}
		for _, vm := range s.VMs {
			for _, path := range []string{vm.Import, "github.com/mtstates/go-mtstates/backend/" + vm.Package} {
				want := vm == chosen || path == chosen.Import // which two of them may share
				if got := slices.Contains(packages, path); got != want {
					t.Errorf("tag %s: links %s: %t, want %t", chosen.Tag, path, got, want)
				}
			}
		}
	}
}

// TestTwoTags proves that the choice of two backends does not compile, and that the compiler's message has the reason.
func TestTwoTags(t *testing.T) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	tags := s.VMs[0].Tag + "," + s.VMs[1].Tag
	out, err := exec.Command("go", "vet", "-tags", tags, ".").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "choose_one_backend") {
		t.Errorf("with the tags %s: %v\n%s", tags, err, out)
	}
}

// TestImportDoesNoWork proves that no package of the project works before main runs: what states share is made by the
// first of them. A table of functions, an error, a pool may be made.
func TestImportDoesNoWork(t *testing.T) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	const maxAllocations, maxBytes = 64, 16 << 10
	line := regexp.MustCompile(`init (github.com/mtstates/\S+) .* (\d+) bytes, (\d+) allocs`)
	for _, vm := range s.VMs {
		if vm.Optional { // its package has tests under its tag
			continue
		}
		program := filepath.Join(t.TempDir(), "mtlua.exe")
		if out, err := exec.Command("go", "build", "-o", program, "-tags", vm.Tag, "../../tools/mtlua").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		run := exec.Command(program, "-v")
		run.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		packages := line.FindAllStringSubmatch(string(out), -1)
		if !slices.ContainsFunc(packages, func(p []string) bool { return strings.HasSuffix(p[1], "backend/"+vm.Package) }) {
			t.Errorf("%s: the runtime has no trace of the adapter:\n%s", vm.Name, out)
		}
		for _, p := range packages {
			bytes, _ := strconv.Atoi(p[2])
			allocations, _ := strconv.Atoi(p[3])
			if allocations > maxAllocations || bytes > maxBytes {
				t.Errorf("%s: the import of %s makes %d objects of %d bytes", vm.Name, p[1], allocations, bytes)
			}
		}
	}
}

// dependencies returns the import paths of what a package links under a build tag.
func dependencies(t *testing.T, tag, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-tags", tag, pkg).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return strings.Fields(string(out))
}
