package gopherlua

import (
	"container/list"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// The code of chunks that were compiled lately is kept for all states, so that making many states with the same text
// as setup compiles it once.
const (
	maxCachedChunk = 64 << 10 // the longest text that is kept, in bytes
	maxCachedTotal = 1 << 20  // of all texts that are kept, in bytes
)

// codeCache forgets the code that was not asked for longest. It may be used by all threads.
type codeCache struct {
	lock    sync.Mutex
	entries map[codeKey]*list.Element
	recent  list.List // of *codeEntry, the last used first
	size    int       // of the texts, in bytes
}

type codeKey struct{ source, chunk string }

type codeEntry struct {
	key  codeKey
	code *lua.FunctionProto
}

func (k codeKey) size() int { return len(k.source) + len(k.chunk) }

var cachedCode = newCodeCache()

func newCodeCache() *codeCache { return &codeCache{entries: map[codeKey]*list.Element{}} }

// compileCached is compile, or what it returned before.
func compileCached(source, chunk string) (*lua.FunctionProto, error) {
	key := codeKey{source, chunk}
	if key.size() > maxCachedChunk {
		return compile(source, chunk)
	}
	if code := cachedCode.get(key); code != nil {
		return code, nil
	}
	code, err := compile(source, chunk)
	if err == nil {
		cachedCode.put(key, code)
	}
	return code, err
}

func (c *codeCache) get(key codeKey) *lua.FunctionProto {
	c.lock.Lock()
	defer c.lock.Unlock()
	e := c.entries[key]
	if e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(*codeEntry).code
}

func (c *codeCache) put(key codeKey, code *lua.FunctionProto) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.entries[key] != nil {
		return // another thread was faster
	}
	c.entries[key] = c.recent.PushFront(&codeEntry{key, code})
	c.size += key.size()
	for c.size > maxCachedTotal {
		oldest := c.recent.Remove(c.recent.Back()).(*codeEntry)
		delete(c.entries, oldest.key)
		c.size -= oldest.key.size()
	}
}
