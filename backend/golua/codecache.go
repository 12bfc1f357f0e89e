package golua

import (
	"container/list"
	"sync"
)

// maxCachedCode is how many bytes of sources and code the cache holds.
const maxCachedCode = 4 << 20

// codeCache holds the binary code of sources that were compiled before, for all states: states themselves cannot share
// functions.
type codeCache struct {
	mu      sync.Mutex
	entries map[codeKey]*list.Element
	recent  list.List // of *codeEntry, the one used last in front
	size    int
}

// codeKey is what the code depends on.
type codeKey struct{ source, chunk string }

type codeEntry struct {
	codeKey
	code []byte
}

func (e *codeEntry) size() int { return len(e.source) + len(e.chunk) + len(e.code) }

// find returns the code of a source, nil when it is not known.
func (c *codeCache) find(key codeKey) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	element := c.entries[key]
	if element == nil {
		return nil
	}
	c.recent.MoveToFront(element)
	return element.Value.(*codeEntry).code
}

// add keeps the code of a source, which replaces what was not used for longest.
func (c *codeCache) add(key codeKey, code []byte) {
	e := &codeEntry{key, code}
	if e.size() > maxCachedCode/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries[key] != nil { // added at the same time
		return
	}
	if c.entries == nil {
		c.entries = map[codeKey]*list.Element{}
	}
	c.entries[key] = c.recent.PushFront(e)
	c.size += e.size()
	for c.size > maxCachedCode {
		last := c.recent.Back()
		old := c.recent.Remove(last).(*codeEntry)
		delete(c.entries, old.codeKey)
		c.size -= old.size()
	}
}
