package mtmsg

import (
	"iter"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/mtstates/go-mtstates/mtstates/internal/realm"
)

// parts are the stores of the realms of isolated states. They live as long as their realms.
type parts struct {
	mu   sync.Mutex
	list []weak.Pointer[Store]
}

func (p *parts) living() (stores []*Store) {
	p.mu.Lock()
	defer p.mu.Unlock()
	living := p.list[:0]
	for _, w := range p.list {
		if s := w.Value(); s != nil {
			living, stores = append(living, w), append(stores, s)
		}
	}
	clear(p.list[len(living):])
	p.list = living
	return stores
}

func (p *parts) add(s *Store) {
	p.living()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = append(p.list, weak.Make(s))
}

// partFor returns the store for the scripts in a realm: s itself when they are not isolated.
func (s *Store) partFor(in *realm.Realm) *Store {
	if in == nil {
		return s
	}
	return in.Keep(s, func() any {
		part := &Store{MaxBytes: s.MaxBytes, whole: s}
		s.parts.add(part)
		return part
	}).(*Store)
}

// counter has the bytes of the messages that MaxBytes limits.
func (s *Store) counter() *atomic.Int64 {
	if s.whole != nil {
		return &s.whole.bytes
	}
	return &s.bytes
}

// allIn yields what a store and its parts have.
func allIn[T any](s *Store, of func(*Store) iter.Seq[*T]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, part := range append([]*Store{s}, s.parts.living()...) {
			for object := range of(part) {
				if !yield(object) {
					return
				}
			}
		}
	}
}
