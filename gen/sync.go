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

	"github.com/mtstates/go-mtstates/spec"
)

// Change is a difference between what is generated and what is in the repository.
type Change struct {
	Path string
	// Have is what the repository has, nil when the file is missing.
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

// Sync compares the repository at root with what fsys, its spec, and its lists of known failing cases give, and with
// write makes it the same. It returns
// what differed, sorted by path. When the spec has problems the error is [spec.Problems], and nothing is written.
func Sync(fsys fs.FS, root string, write bool) ([]Change, error) {
	s, err := spec.Load(fsys)
	if err != nil {
		return nil, err
	}
	known, err := readKnownFailing(os.DirFS(root), s)
	if err != nil {
		return nil, err
	}
	files, err := Generate(s, known)
	if err != nil {
		return nil, err
	}
	changes, err := compare(files, root)
	if err != nil || !write {
		return changes, err
	}
	for _, c := range changes {
		if err := c.apply(root); err != nil {
			return changes, err
		}
	}
	return changes, nil
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

func compare(files []File, root string) ([]Change, error) {
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
		if have != nil && !isMarked(have) {
			return nil, fmt.Errorf("%s: in the way of a generated file is one that does not say that it is generated", f.Path)
		}
		if have == nil || !bytes.Equal(have, f.Content) {
			changes = append(changes, Change{f.Path, have, f.Content})
		}
	}
	extra, err := markedFiles(os.DirFS(root))
	for name, have := range extra {
		if !generated[name] {
			changes = append(changes, Change{Path: name, Have: have})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, err
}

// isMarked reports whether a file says in its first line that it is generated.
func isMarked(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.Contains(line, []byte(marker))
}

// markedFiles returns the files with the marker in their first line. Folders called testdata and hidden ones are left
// out.
func markedFiles(repository fs.FS) (map[string][]byte, error) {
	marked := map[string][]byte{}
	err := fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := path.Base(name); entry.IsDir() && name != "." && (base == "testdata" || strings.HasPrefix(base, ".")) {
			return fs.SkipDir
		}
		if !entry.Type().IsRegular() || !slices.Contains([]string{".go", ".lua", ".md"}, path.Ext(name)) {
			return nil
		}
		text, err := fs.ReadFile(repository, name)
		if isMarked(text) {
			marked[name] = text
		}
		return err
	})
	return marked, err
}
