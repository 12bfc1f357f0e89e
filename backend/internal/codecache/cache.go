// Package codecache keeps compiled code for all states of a backend, so that many states with the same setup compile it
// once. Only backends import it.
package codecache

import (
	"container/list"
	"sync"
)

// Cache drops the code that was least recently used. All threads may use it.
type Cache[Code any] struct {
	max     int // bytes of all that is kept
	mu      sync.Mutex
	entries map[Key]*list.Element
	recent  list.List // of *entry, the last used first
	size    int
}

// Key is everything that code depends on.
type Key struct{ Source, Chunk string }

type entry[Code any] struct {
	key  Key
	code Code
	size int
}

// New returns a cache that keeps up to max bytes, and no single code of more than a sixteenth of them.
func New[Code any](max int) *Cache[Code] {
	return &Cache[Code]{max: max, entries: map[Key]*list.Element{}}
}

// Get returns the code of a chunk; ok is false if the cache does not have it.
func (c *Cache[Code]) Get(key Key) (code Code, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[key]
	if e == nil {
		return code, false
	}
	c.recent.MoveToFront(e)
	return e.Value.(*entry[Code]).code, true
}

// Add adds the code of a chunk. size is the size of the code in bytes; the chunk counts as well.
func (c *Cache[Code]) Add(key Key, code Code, size int) {
	size += len(key.Source) + len(key.Chunk)
	if size > c.max/16 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries[key] != nil {
		return // another thread was faster
	}
	c.entries[key] = c.recent.PushFront(&entry[Code]{key, code, size})
	c.size += size
	for c.size > c.max {
		oldest := c.recent.Remove(c.recent.Back()).(*entry[Code])
		delete(c.entries, oldest.key)
		c.size -= oldest.size
	}
}
