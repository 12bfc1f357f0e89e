package conformance

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/spec"
)

// knownFailing is the content of a known_failing.txt: reasons by the names of cases.
type knownFailing struct{ reasons map[string]string }

// readKnownFailing reads those of the named files that exist, and joins their lines.
func readKnownFailing(names ...string) (*knownFailing, error) {
	all := &knownFailing{map[string]string{}}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		k, err := parseKnownFailing(string(bytes.TrimSpace(text)))
		if err != nil {
			return nil, err
		}
		maps.Copy(all.reasons, k.reasons)
	}
	return all, nil
}

// parseKnownFailing reads the text of a file, in the form of package spec.
func parseKnownFailing(text string) (*knownFailing, error) {
	lines, err := spec.ParseKnownFailing(text)
	if err != nil {
		return nil, err
	}
	k := &knownFailing{map[string]string{}}
	for _, line := range lines {
		k.reasons[line.Case] = line.Reason
	}
	return k, nil
}

// reason returns the reason for which a case is known to fail. A line with a path is about the case in each edition.
func (k *knownFailing) reason(name string) (reason string, ok bool) {
	name, _, _ = strings.Cut(name, inEdition)
	reason, ok = k.reasons[name]
	return reason, ok
}

// unused returns the lines that name no case, sorted.
func (k *knownFailing) unused(cases []testCase) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(k.reasons)), func(name string) bool {
		return slices.ContainsFunc(cases, func(c testCase) bool { return c.name() == name })
	})
}
