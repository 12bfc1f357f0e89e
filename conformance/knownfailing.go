package conformance

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// knownFailing is the content of a known_failing.txt: reasons by the names of cases.
type knownFailing struct{ reasons map[string]string }

// readKnownFailing reads the files that are there of those with the names, together.
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

// parseKnownFailing reads lines "name: reason"; blank lines and those with # are skipped.
func parseKnownFailing(text string) (*knownFailing, error) {
	k := &knownFailing{map[string]string{}}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, ": ")
		if !ok || reason == "" {
			return nil, fmt.Errorf("known_failing.txt:%d: want \"name: reason\"", i+1)
		}
		if _, double := k.reasons[name]; double {
			return nil, fmt.Errorf("known_failing.txt:%d: %s is there twice", i+1, name)
		}
		k.reasons[name] = reason
	}
	return k, nil
}

func (k *knownFailing) reason(name string) (reason string, ok bool) {
	reason, ok = k.reasons[name]
	return reason, ok
}

// unused returns the names of no case, sorted.
func (k *knownFailing) unused(cases []testCase) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(k.reasons)), func(name string) bool {
		return slices.ContainsFunc(cases, func(c testCase) bool { return c.name() == name })
	})
}
