package gen

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pmezard/go-difflib/difflib"

	"github.com/mtstates/go-mtstates/spec"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// TestCode generates from each testdata/code/CASE/spec and compares with want beside it. What is generated must compile
// together with the folder handwritten, which stands for the code that a person writes.
func TestCode(t *testing.T) {
	for _, folder := range folders(t, "testdata/code") {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			s, err := spec.Load(os.DirFS(filepath.Join(folder, "spec")), "spec")
			if err != nil {
				t.Fatal(err)
			}
			handwritten := os.DirFS(filepath.Join(folder, "handwritten"))
			known, err := readKnownFailing(handwritten, s)
			if err != nil {
				t.Fatal(err)
			}
			files, err := Generate(&Target{Spec: s, Module: root, Known: known})
			if err != nil {
				t.Fatal(err)
			}
			want := filepath.Join(folder, "want")
			if *update {
				writeGolden(t, want, files)
			}
			compareGolden(t, want, files)
			checkCompiles(t, s, handwritten, files)
			checkLua(t, files)
		})
	}
}

// TestProblems loads the spec of the code case minimal, with the files of testdata/problems/CASE/spec in the place of
// its own, and compares the problems with want_errors.txt. An empty file stands for a missing one.
func TestProblems(t *testing.T) {
	for _, folder := range folders(t, "testdata/problems") {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			_, err := spec.Load(overlay(t, "testdata/code/minimal/spec", filepath.Join(folder, "spec")), "spec")
			var problems spec.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("want problems, got %v", err)
			}
			golden := filepath.Join(folder, "want_errors.txt")
			got := problems.Error() + "\n"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(want) != got {
				t.Error(diff(golden, string(want), got))
			}
		})
	}
}

func folders(t *testing.T, parent string) []string {
	t.Helper()
	all, err := filepath.Glob(parent + "/*")
	if err != nil || len(all) == 0 {
		t.Fatalf("no cases in %s: %v", parent, err)
	}
	return all
}

// overlay returns the files below folders as one; later folders win, and an empty file removes one.
func overlay(t *testing.T, folders ...string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, folder := range folders {
		for name, text := range readTree(t, os.DirFS(folder)) {
			delete(files, name)
			if len(text) > 0 {
				files[name] = &fstest.MapFile{Data: text}
			}
		}
	}
	return files
}

func readTree(t testing.TB, tree fs.FS) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(tree, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func writeGolden(t *testing.T, folder string, files []File) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := (Change{Path: f.Path, Want: f.Content}).apply(folder); err != nil {
			t.Fatal(err)
		}
	}
}

func compareGolden(t *testing.T, folder string, files []File) {
	t.Helper()
	want := readTree(t, os.DirFS(folder))
	for _, f := range files {
		if string(want[f.Path]) != string(f.Content) {
			t.Error(diff(path.Join(filepath.ToSlash(folder), f.Path), string(want[f.Path]), string(f.Content)))
		}
		delete(want, f.Path)
	}
	for name := range want {
		t.Errorf("%s/%s: not generated", folder, name)
	}
}

// diff returns a unified diff of a file, from what there is to what is generated.
func diff(name, have, generated string) string {
	text, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A:        lines(have),
		B:        lines(generated),
		FromFile: name,
		ToFile:   name + " (generated)",
		Context:  3,
	})
	if err != nil {
		return err.Error()
	}
	return text
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
}
