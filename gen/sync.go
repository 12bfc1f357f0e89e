package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/mtstates/go-mtstates/spec"
)

// Change is a difference between what is generated and what the program has.
type Change struct {
	Path string
	// Have is what the program has, nil when the file is missing.
	Have []byte
	// Want is what is generated, nil when the file is not generated any more.
	Want []byte
}

// String returns "missing: PATH", "extra: PATH" or "stale: PATH".
func (c Change) String() string {
	switch {
	case c.Have == nil:
		return "missing: " + c.Path
	case c.Want == nil:
		return "extra: " + c.Path
	}
	return "stale: " + c.Path
}

// Program is a Go module on disk that gets generated files.
type Program struct {
	// Root is the folder with the go.mod.
	Root string
	// Spec is the folder of the spec, relative to Root and with slashes. Messages and generated files name it.
	Spec string
	// Out is the folder for the packages of another program than that of the contract, relative to Root and with slashes;
	// "" or "." is Root itself.
	Out string
}

// Sync compares a program with what its spec and its lists of known failing cases give, and with write makes it the
// same. It returns what differed, sorted by path. When the spec has problems the error is [spec.Problems], and nothing
// is written.
func Sync(p Program, write bool) ([]Change, error) {
	t, err := p.target()
	if err != nil {
		return nil, err
	}
	files, err := Generate(t)
	if err != nil {
		return nil, err
	}
	changes, err := changesOf(t, files, p.Root)
	if err != nil || !write {
		return changes, err
	}
	for _, c := range changes {
		if err := c.apply(p.Root); err != nil {
			return changes, err
		}
	}
	return changes, nil
}

// target reads the spec and what else the files depend on.
func (p Program) target() (*Target, error) {
	repository := os.DirFS(p.Root)
	text, err := fs.ReadFile(repository, "go.mod")
	if err != nil {
		return nil, err
	}
	module := modfile.ModulePath(text)
	if module == "" {
		return nil, fmt.Errorf("%s: there is no module path", filepath.Join(p.Root, "go.mod"))
	}
	folder := filepath.Join(p.Root, filepath.FromSlash(p.Spec))
	if _, err := os.Stat(folder); err != nil {
		return nil, err
	}
	s, err := spec.Load(os.DirFS(folder), p.Spec)
	if err != nil {
		return nil, err
	}
	t := &Target{Spec: s, Module: module, Out: p.Out}
	if !s.Own {
		return t, nil
	}
	if module != root {
		return nil, fmt.Errorf("%s has a contract, but the contract of this generator is that of %s and not of %s", p.Spec, root, module)
	}
	if path.Clean(p.Out) != "." {
		return nil, fmt.Errorf("the spec in %s has a contract, so its packages have their places", p.Spec)
	}
	t.Known, err = readKnownFailing(repository, s)
	return t, err
}

func (c Change) apply(root string) error {
	target := filepath.Join(root, filepath.FromSlash(c.Path))
	if c.Want == nil {
		return os.Remove(target)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return err
	}
	return os.WriteFile(target, c.Want, 0o666)
}

// changesOf compares files with those below a folder.
func changesOf(t *Target, files []File, root string) ([]Change, error) {
	var changes []Change
	generated := map[string]bool{}
	for _, f := range files {
		generated[f.Path] = true
		have, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err != nil {
			have = nil
		}
		if have != nil && !t.isMarked(have) {
			return nil, fmt.Errorf("%s: in the way of a generated file is one that does not say that it is generated", f.Path)
		}
		if have == nil || !bytes.Equal(have, f.Content) {
			changes = append(changes, Change{f.Path, have, f.Content})
		}
	}
	extra, err := t.markedFiles(os.DirFS(root))
	for name, have := range extra {
		if !generated[name] {
			changes = append(changes, Change{Path: name, Have: have})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, err
}

// isMarked reports whether a file says in its first line that it is generated from the spec.
func (t *Target) isMarked(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.Contains(line, []byte(t.marker()))
}

// markedFiles returns the files with the marker in their first line. Hidden folders, those called testdata or vendor and
// other Go modules are left out.
func (t *Target) markedFiles(repository fs.FS) (map[string][]byte, error) {
	marked := map[string][]byte{}
	err := fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && isElsewhere(repository, name) {
			return fs.SkipDir
		}
		if !entry.Type().IsRegular() || !slices.Contains([]string{".go", ".lua", ".md"}, path.Ext(name)) {
			return nil
		}
		text, err := fs.ReadFile(repository, name)
		if t.isMarked(text) {
			marked[name] = text
		}
		return err
	})
	return marked, err
}

func isElsewhere(repository fs.FS, folder string) bool {
	base := path.Base(folder)
	if base == "testdata" || base == "vendor" || strings.HasPrefix(base, ".") {
		return true
	}
	_, err := fs.Stat(repository, path.Join(folder, "go.mod"))
	return err == nil
}
