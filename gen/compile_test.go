package gen

import (
	"go/ast"
	"go/build/constraint"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/yuin/gopher-lua/parse"

	"github.com/mtstates/go-mtstates/spec"
)

// checkCompiles checks the types of generated and handwritten code together: without build tags and with the tag of
// each VM it must be right, with two tags it must fail with the reason.
func checkCompiles(t *testing.T, s *spec.Spec, handwritten fs.FS, files []File) {
	t.Helper()
	source := map[string]string{}
	for name, text := range readTree(t, handwritten) {
		if path.Ext(name) == ".go" {
			source[name] = string(text)
		}
	}
	for _, f := range files {
		if path.Ext(f.Path) != ".go" {
			continue
		}
		source[f.Path] = string(f.Content)
		if formatted, err := format.Source(f.Content); err != nil || string(formatted) != string(f.Content) {
			t.Errorf("%s is not formatted: %v", f.Path, err)
		}
	}
	if err := typeCheck(source); err != nil {
		t.Error(err)
	}
	for i, vm := range s.VMs {
		if err := typeCheck(source, vm.Tag); err != nil {
			t.Errorf("with %s: %v", vm.Tag, err)
		}
		for _, other := range s.VMs[i+1:] {
			err := typeCheck(source, vm.Tag, other.Tag)
			if err == nil || !strings.Contains(err.Error(), "undefined: choose_one_backend") {
				t.Errorf("with %s and %s: want an error that gives the reason, got %v", vm.Tag, other.Tag, err)
			}
		}
	}
}

// standardLibrary imports what a sourceTree does not have.
var standardLibrary = importer.Default()

// sourceTree imports packages from files; those of the project are below its root.
type sourceTree struct {
	fset     *token.FileSet
	files    map[string][]*ast.File // by folder
	packages map[string]*types.Package
}

// typeCheck checks all packages of a tree of files under build tags.
func typeCheck(source map[string]string, tags ...string) error {
	tree := &sourceTree{token.NewFileSet(), map[string][]*ast.File{}, map[string]*types.Package{}}
	for name, text := range source {
		file, err := parser.ParseFile(tree.fset, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		if included(file, tags) {
			tree.files[path.Dir(name)] = append(tree.files[path.Dir(name)], file)
		}
	}
	for folder := range tree.files {
		importPath := folder
		if !strings.Contains(strings.Split(folder, "/")[0], ".") {
			importPath = root + "/" + folder
		}
		if _, err := tree.Import(importPath); err != nil {
			return err
		}
	}
	return nil
}

// included reports whether the build constraint of a file holds.
func included(file *ast.File, tags []string) bool {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if comment.Pos() > file.Package || !constraint.IsGoBuild(comment.Text) {
				continue
			}
			expr, err := constraint.Parse(comment.Text)
			return err == nil && expr.Eval(func(tag string) bool {
				for _, set := range tags {
					if set == tag {
						return true
					}
				}
				return false
			})
		}
	}
	return true
}

// Import implements types.Importer.
func (tree *sourceTree) Import(importPath string) (*types.Package, error) {
	if p, ok := tree.packages[importPath]; ok {
		return p, nil
	}
	files := tree.files[strings.TrimPrefix(importPath, root+"/")]
	if len(files) == 0 {
		return standardLibrary.Import(importPath)
	}
	p, err := (&types.Config{Importer: tree}).Check(importPath, tree.fset, files, nil)
	if err != nil {
		return nil, err
	}
	tree.packages[importPath] = p
	return p, nil
}

// checkLua checks the syntax of generated Lua files.
func checkLua(t *testing.T, files []File) {
	t.Helper()
	for _, f := range files {
		if path.Ext(f.Path) != ".lua" {
			continue
		}
		if _, err := parse.Parse(strings.NewReader(string(f.Content)), f.Path); err != nil {
			t.Error(err)
		}
	}
}
