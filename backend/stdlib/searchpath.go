package stdlib

import (
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// PackageSearchpath is package.searchpath(name, path [, mark [, replacement]]).
func PackageSearchpath(s backend.VM) int {
	name, path := text(s, 1, "searchpath"), text(s, 2, "searchpath")
	mark, replacement := optText(s, 3, "searchpath", "."), optText(s, 4, "searchpath", string(os.PathSeparator))
	file, tried := searchPath(s, name, path, mark, replacement)
	if file != "" {
		s.PushString(file)
		return 1
	}
	s.PushNil()
	s.PushString(tried)
	return 2
}

// searchPath returns the first file of the path that can be read, or nothing and a line for each file that was tried.
func searchPath(s backend.VM, name, path, mark, replacement string) (file, tried string) {
	name = replaceAll(s, name, mark, replacement)
	lines := buffer{limit: s.Env().MaxString}
	for pattern := range strings.SplitSeq(path, ";") {
		if pattern == "" {
			continue
		}
		file := replaceAll(s, pattern, "?", name)
		if f, err := os.Open(file); err == nil {
			_ = f.Close() // nothing was read
			return file, ""
		}
		for _, part := range []string{"\n\tno file '", file, "'"} {
			lines.add(s, part)
		}
	}
	return "", string(lines.bytes)
}

// replaceAll replaces all occurrences of old in t, unless old is empty. If the result would be too long, it raises the
// memory error instead.
func replaceAll(s backend.VM, t, old, with string) string {
	if old == "" {
		return t
	}
	if more := len(with) - len(old); more > 0 {
		if n := strings.Count(t, old); n > 0 && more > (s.Env().MaxString-len(t))/n {
			backend.RaiseOutOfMemory()
		}
	}
	return strings.ReplaceAll(t, old, with)
}
