package spec

import (
	"fmt"
	"strings"
)

// KnownFailing is a line of a known_failing.txt, the file beside an adapter with the cases that the VM fails through
// its own fault.
type KnownFailing struct {
	Case   string // the name of a conformance case
	Reason string
}

// ParseKnownFailing reads lines "name: reason", one for each case. Blank lines and lines that begin with # are skipped.
func ParseKnownFailing(text string) ([]KnownFailing, error) {
	var all []KnownFailing
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, ": ")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("known_failing.txt:%d: want \"name: reason\"", i+1)
		}
		if seen[name] {
			return nil, fmt.Errorf("known_failing.txt:%d: %s is there twice", i+1, name)
		}
		seen[name] = true
		all = append(all, KnownFailing{name, strings.TrimSpace(reason)})
	}
	return all, nil
}
