package llthreads2

import (
	"strconv"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

func (m *module) version(s backend.VM) (int, error) {
	numbers, suffix := versionParts(mtstates.Version)
	for _, n := range numbers {
		s.PushNumber(float64(n))
	}
	if suffix == "" {
		return len(numbers), nil
	}
	s.PushString(suffix)
	return len(numbers) + 1, nil
}

// versionParts splits a semantic version into its numbers and what follows them, such as 1.2.3-rc1.
func versionParts(version string) (numbers [3]int, suffix string) {
	if end := strings.IndexAny(version, "-+"); end >= 0 {
		version, suffix = version[:end], version[end+1:]
	}
	for i, text := range strings.SplitN(version, ".", len(numbers)) {
		numbers[i], _ = strconv.Atoi(text)
	}
	return numbers, suffix
}
