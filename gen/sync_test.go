package gen

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mtstates/go-mtstates/spec"
)

const generatedLine = "// " + marker + "old.yaml; DO NOT EDIT.\n"

func minimalSpec(t *testing.T) fstest.MapFS {
	t.Helper()
	return overlay(t, "testdata/code/minimal/spec").(fstest.MapFS)
}

func place(t *testing.T, root, name, text string) {
	t.Helper()
	if err := (Change{Path: name, Want: []byte(text)}).apply(root); err != nil {
		t.Fatal(err)
	}
}

func syncPaths(t *testing.T, root string, write bool) []string {
	t.Helper()
	changes, err := Sync(minimalSpec(t), root, write)
	if err != nil {
		t.Fatal(err)
	}
	texts := make([]string, len(changes))
	for i, c := range changes {
		texts[i] = c.String()
	}
	return texts
}

func TestSyncWritesWhatDiffers(t *testing.T) {
	root := t.TempDir()
	syncPaths(t, root, true)
	place(t, root, "backend/backend_gen.go", generatedLine+"package old\n")
	place(t, root, "backend/old/old_gen.go", generatedLine+"package old\n")
	place(t, root, "backend/byhand.go", "package backend\n\n"+generatedLine)
	place(t, root, "gen/testdata/old.go", generatedLine)
	if err := os.Remove(filepath.Join(root, "mtstates/REFERENCE.md")); err != nil {
		t.Fatal(err)
	}
	want := []string{"stale: backend/backend_gen.go", "extra: backend/old/old_gen.go", "missing: mtstates/REFERENCE.md"}
	if got := syncPaths(t, root, false); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := syncPaths(t, root, true); !slices.Equal(got, want) {
		t.Errorf("comparing changed something: got %q, want %q", got, want)
	}
	if got := syncPaths(t, root, true); len(got) != 0 {
		t.Errorf("after writing there are differences: %q", got)
	}
	if _, err := os.Stat(filepath.Join(root, "backend/byhand.go")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(root, "gen/testdata/old.go")); err != nil {
		t.Error(err)
	}
}

func TestSyncReadsWhatIsKnownToFail(t *testing.T) {
	root := t.TempDir()
	syncPaths(t, root, true)
	place(t, root, "backend/tinyvm/known_failing.txt", "area/case.lua: the reason\n")
	want := []string{"stale: mtstates/BACKENDS.md"}
	if got := syncPaths(t, root, true); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	page, err := os.ReadFile(filepath.Join(root, "mtstates/BACKENDS.md"))
	if err != nil || !strings.Contains(string(page), "| `area/case.lua` | the reason. |") {
		t.Errorf("the page does not show the case: %v\n%s", err, page)
	}
	place(t, root, "backend/tinyvm/known_failing.txt", "no reason\n")
	_, err = Sync(minimalSpec(t), root, true)
	if want := "backend/tinyvm: known_failing.txt:1: want \"name: reason\""; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSyncLeavesHandwrittenFiles(t *testing.T) {
	root := t.TempDir()
	place(t, root, "backend/backend_gen.go", "package backend\n")
	if _, err := Sync(minimalSpec(t), root, true); err == nil {
		t.Error("a file without the marker was overwritten")
	}
	if entries, _ := os.ReadDir(root); len(entries) != 1 {
		t.Errorf("files were written: %v", entries)
	}
}

func TestSyncWritesNothingForASpecWithProblems(t *testing.T) {
	root := t.TempDir()
	files := minimalSpec(t)
	delete(files, "errors.yaml")
	_, err := Sync(files, root, true)
	var problems spec.Problems
	if !errors.As(err, &problems) {
		t.Errorf("got %v, want problems", err)
	}
	if entries, _ := os.ReadDir(root); len(entries) != 0 {
		t.Errorf("files were written: %v", entries)
	}
}

func TestGenerateIsDeterministic(t *testing.T) {
	var first []File
	for range 5 {
		s, err := spec.Load(spec.Files)
		if err != nil {
			t.Fatal(err)
		}
		files, err := Generate(s, KnownFailing{})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = files
		}
		if !slices.EqualFunc(first, files, func(a, b File) bool {
			return a.Path == b.Path && string(a.Content) == string(b.Content)
		}) {
			t.Fatal("two runs differ")
		}
	}
}
