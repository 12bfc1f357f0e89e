// Package object finds objects by id and by name without keeping them alive. States and message buffers share it. Only
// packages below mtstates import it.
//
// An object lives as long as something else refers to it. After one run of the Go collector a dead object is no longer
// found. A cleanup frees its entries in the maps a little later, and nothing waits for that. All methods may be called
// from any goroutine.
package object

import (
	"hash/maphash"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"weak"
)

// Table is a set of objects with ids and, for some of them, names. The zero Table is empty and ready. The names in a
// table are either unique (Add, ByName) or may be shared (AddShared, AddSharedWithin, Named).
type Table[T any] struct {
	ids    shards[int64, T]
	names  shards[string, T]
	shared sharedNames[T]
	count  atomic.Int64 // of entries in ids, and of those that are being added
	adding sync.Mutex   // held while adding within a limit, so that an object that will not be added never counts
}

// slot is what a cleanup needs to free the entries of an object without referring to it.
type slot[T any] struct {
	table  *Table[T]
	object weak.Pointer[T]
	id     int64
	name   string
	named  bool
}

// Add adds an object. If it is named, and a living object already has the name, Add returns that one and adds nothing.
func (t *Table[T]) Add(object *T, id int64, name string, named bool) (holder *T) {
	w := weak.Make(object)
	if named {
		if holder := t.names.addIfFree(name, w); holder != nil {
			return holder
		}
	}
	t.count.Add(1)
	t.enter(object, slot[T]{t, w, id, name, named})
	return nil
}

// AddWithin is Add with a limit on the number of objects; if the table is full, it adds nothing. Dead objects count
// until Sweep or their cleanup has removed them.
func (t *Table[T]) AddWithin(limit int, object *T, id int64, name string, named bool) (holder *T, full bool) {
	t.adding.Lock()
	defer t.adding.Unlock()
	if t.Full(limit) {
		return nil, true
	}
	return t.Add(object, id, name, named), false
}

// AddShared adds an object to a table in which several objects may have the same name.
func (t *Table[T]) AddShared(object *T, id int64, name string, named bool) {
	w := weak.Make(object)
	if named {
		t.shared.add(name, w)
	}
	t.count.Add(1)
	t.enter(object, slot[T]{t, w, id, name, named})
}

// AddSharedWithin is AddShared with a limit on the number of objects, as AddWithin has it.
func (t *Table[T]) AddSharedWithin(limit int, object *T, id int64, name string, named bool) (full bool) {
	t.adding.Lock()
	defer t.adding.Unlock()
	if t.Full(limit) {
		return true
	}
	t.AddShared(object, id, name, named)
	return false
}

func (t *Table[T]) enter(object *T, s slot[T]) {
	t.ids.add(s.id, s.object)
	runtime.AddCleanup(object, func(s slot[T]) { s.table.remove(s) }, s)
}

// Remove removes an object, so that its name is free at once.
func (t *Table[T]) Remove(object *T, id int64, name string, named bool) {
	t.remove(slot[T]{t, weak.Make(object), id, name, named})
}

func (t *Table[T]) remove(s slot[T]) {
	if t.ids.remove(s.id, s.object) {
		t.count.Add(-1)
	}
	if s.named {
		t.names.remove(s.name, s.object)
		t.shared.remove(s.name, s.object)
	}
}

// ByID returns the object with the id, nil if there is none.
func (t *Table[T]) ByID(id int64) *T { return t.ids.find(id) }

// ByName returns the object with the name, nil if there is none.
func (t *Table[T]) ByName(name string) *T { return t.names.find(name) }

// Named returns the only object that has the name. If there are several, it returns nil and true.
func (t *Table[T]) Named(name string) (object *T, ambiguous bool) { return t.shared.only(name, nil) }

// NamedThat is Named for the objects that count.
func (t *Table[T]) NamedThat(name string, counts func(*T) bool) (object *T, ambiguous bool) {
	return t.shared.only(name, counts)
}

// All yields the living objects in no particular order. Objects that are added in the meantime may be missed.
func (t *Table[T]) All() iter.Seq[*T] { return t.ids.all }

// Full reports whether AddWithin would add nothing.
func (t *Table[T]) Full(limit int) bool { return t.count.Load() >= int64(limit) }

// Sweep removes the entries of objects that a run of the collector has found dead, so that they no longer count. It
// visits each entry.
func (t *Table[T]) Sweep() { t.count.Add(-int64(t.ids.sweep())) }

// Len counts the living objects. It visits each entry.
func (t *Table[T]) Len() int {
	n := 0
	for range t.All() {
		n++
	}
	return n
}

const shardCount = 64

// shards is a map in parts, so that threads seldom wait for each other.
type shards[K comparable, T any] struct {
	shard [shardCount]shard[K, T]
}

type shard[K comparable, T any] struct {
	mu      sync.RWMutex
	entries map[K]weak.Pointer[T]
}

var seed = maphash.MakeSeed()

func (s *shards[K, T]) of(key K) *shard[K, T] {
	return &s.shard[maphash.Comparable(seed, key)%shardCount]
}

func (s *shards[K, T]) find(key K) *T {
	h := s.of(key)
	h.mu.RLock()
	w := h.entries[key]
	h.mu.RUnlock()
	return w.Value()
}

func (s *shards[K, T]) add(key K, w weak.Pointer[T]) {
	h := s.of(key)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.put(key, w)
}

func (s *shards[K, T]) addIfFree(key K, w weak.Pointer[T]) (holder *T) {
	h := s.of(key)
	h.mu.Lock()
	defer h.mu.Unlock()
	if holder := h.entries[key].Value(); holder != nil {
		return holder
	}
	h.put(key, w)
	return nil
}

func (h *shard[K, T]) put(key K, w weak.Pointer[T]) {
	if h.entries == nil {
		h.entries = map[K]weak.Pointer[T]{}
	}
	h.entries[key] = w
}

// remove removes an entry unless it belongs to another object by now, and reports whether it did.
func (s *shards[K, T]) remove(key K, w weak.Pointer[T]) bool {
	h := s.of(key)
	h.mu.Lock()
	defer h.mu.Unlock()
	held, ok := h.entries[key]
	if !ok || held != w {
		return false
	}
	delete(h.entries, key)
	return true
}

// sweep removes the entries of dead objects and returns their number.
func (s *shards[K, T]) sweep() (removed int) {
	for i := range s.shard {
		h := &s.shard[i]
		h.mu.Lock()
		for key, w := range h.entries {
			if w.Value() == nil {
				delete(h.entries, key)
				removed++
			}
		}
		h.mu.Unlock()
	}
	return removed
}

func (s *shards[K, T]) all(yield func(*T) bool) {
	for i := range s.shard {
		for _, w := range s.shard[i].snapshot() {
			if object := w.Value(); object != nil && !yield(object) {
				return
			}
		}
	}
}

func (h *shard[K, T]) snapshot() []weak.Pointer[T] {
	h.mu.RLock()
	defer h.mu.RUnlock()
	list := make([]weak.Pointer[T], 0, len(h.entries))
	for _, w := range h.entries {
		list = append(list, w)
	}
	return list
}
