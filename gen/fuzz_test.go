package gen

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mtstates/go-mtstates/spec"
)

// FuzzSpec replaces one file of a spec. Whatever it is replaced with, loading either reports problems, each with its
// place, or gives a model from which files are generated.
func FuzzSpec(f *testing.F) {
	bases := []fstest.MapFS{
		mapFS(f, spec.Files),
		mapFS(f, os.DirFS("testdata/code/minimal/spec")),
		mapFS(f, os.DirFS("testdata/code/complete/spec")),
		mapFS(f, os.DirFS("testdata/outside/spec")),
	}
	for i, base := range bases {
		addFiles(f, i, base)
	}
	cases, err := fs.Glob(os.DirFS("testdata/problems"), "*/spec")
	if err != nil || len(cases) == 0 {
		f.Fatalf("there are no seeds: %v", err)
	}
	for _, folder := range cases {
		addFiles(f, 1, mapFS(f, os.DirFS(path.Join("testdata/problems", folder))))
	}
	f.Fuzz(func(t *testing.T, base uint, name string, text []byte) {
		if !fs.ValidPath(name) || name == "." {
			return
		}
		files := maps.Clone(bases[base%uint(len(bases))])
		files[name] = &fstest.MapFile{Data: text}
		s, err := spec.Load(files, "spec")
		var problems spec.Problems
		if errors.As(err, &problems) {
			checkProblems(t, problems)
			return
		}
		if err != nil {
			t.Fatalf("got an error that is none of the problems: %v", err)
		}
		generated, err := Generate(&Target{Spec: s, Module: root})
		if err != nil {
			t.Error(err)
		}
		checkLua(t, generated)
	})
}

// addFiles adds each file as the replacement of the one with its name in a base.
func addFiles(f *testing.F, base int, files fstest.MapFS) {
	f.Helper()
	for name, file := range files {
		f.Add(uint(base), name, file.Data)
	}
}

// mapFS returns the YAML files of a spec.
func mapFS(t testing.TB, files fs.FS) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	for name, text := range readTree(t, files) {
		if path.Ext(name) == ".yaml" {
			all[name] = &fstest.MapFile{Data: text}
		}
	}
	return all
}

func checkProblems(t *testing.T, problems spec.Problems) {
	t.Helper()
	for _, p := range problems {
		if !strings.HasPrefix(p.File, "spec") || p.Line < 1 || p.Column < 1 || p.Message == "" {
			t.Errorf("the problem %q has no place or message", p)
		}
	}
	if len(problems) == 0 || len(slices.Compact(slices.Clone(problems))) != len(problems) {
		t.Errorf("a problem is missing or there twice: %q", problems)
	}
}
