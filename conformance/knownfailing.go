package conformance

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// knownFailing is the content of a known_failing.txt: reasons by the paths of cases.
type knownFailing struct {
	reasons map[string]string
	used    map[string]bool
}

// parseKnownFailing reads lines "path: reason"; blank lines and those with # are skipped.
func parseKnownFailing(text string) (*knownFailing, error) {
	k := &knownFailing{map[string]string{}, map[string]bool{}}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, ": ")
		if !ok || reason == "" {
			return nil, fmt.Errorf("known_failing.txt:%d: want \"path: reason\"", i+1)
		}
		k.reasons[name] = reason
	}
	return k, nil
}

func (k *knownFailing) reason(path string) (reason string, ok bool) {
	k.used[path] = true
	reason, ok = k.reasons[path]
	return reason, ok
}

// unused returns the paths that no case has asked for, sorted.
func (k *knownFailing) unused() []string {
	var paths []string
	for path := range k.reasons {
		if !k.used[path] {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// lockedBuffer is a buffer that several VMs print into.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
