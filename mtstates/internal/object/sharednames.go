package object

import (
	"sync"
	"weak"
)

// sharedNames finds objects by names that several objects may have. The zero value is empty and ready.
type sharedNames[T any] struct {
	mu      sync.RWMutex
	holders map[string]map[weak.Pointer[T]]struct{}
}

func (s *sharedNames[T]) add(name string, w weak.Pointer[T]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.holders == nil {
		s.holders = map[string]map[weak.Pointer[T]]struct{}{}
	}
	if s.holders[name] == nil {
		s.holders[name] = map[weak.Pointer[T]]struct{}{}
	}
	s.holders[name][w] = struct{}{}
}

func (s *sharedNames[T]) remove(name string, w weak.Pointer[T]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.holders[name], w)
	if len(s.holders[name]) == 0 {
		delete(s.holders, name)
	}
}

// only returns the living object with the name that counts. If there are several, it returns nil and true. Without counts
// all do.
func (s *sharedNames[T]) only(name string, counts func(*T) bool) (object *T, ambiguous bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for w := range s.holders[name] {
		holder := w.Value()
		if holder != nil && counts != nil && !counts(holder) {
			continue
		}
		if holder != nil && object != nil {
			return nil, true
		}
		if holder != nil {
			object = holder
		}
	}
	return object, false
}
