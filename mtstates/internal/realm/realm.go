// Package realm separates isolated states from others: what look-ups by id and name find is in the realm of the state
// that asks. Only packages below mtstates import it.
package realm

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
)

// Realm is what an isolated state makes, with what is made there in turn. A nil Realm is that of all states that are not
// isolated. All methods may be called from any goroutine.
type Realm struct {
	id   int64
	mu   sync.Mutex
	kept map[any]any
}

var lastID atomic.Int64

// New returns a new realm.
func New() *Realm { return &Realm{id: lastID.Add(1)} }

// key is the key under which a VM keeps its realm.
type key struct{}

// Enter makes r the realm of a new VM.
func (r *Realm) Enter(env *backend.Env) {
	if r != nil {
		env.Keep(key{}, r)
	}
}

// Of returns the realm of a VM.
func Of(env *backend.Env) *Realm {
	r, _ := env.Kept(key{}).(*Realm)
	return r
}

// Key returns what stands for a name in r: no name has the same key in another realm.
func (r *Realm) Key(name string) string {
	switch {
	case r != nil:
		return "\x00" + strconv.FormatInt(r.id, 10) + "\x00" + name
	case strings.HasPrefix(name, "\x00"):
		return "\x00" + name
	}
	return name
}

// Keep returns what the realm keeps under a key, which is made by the first that asks for it.
func (r *Realm) Keep(key any, make func() any) any {
	r.mu.Lock()
	defer r.mu.Unlock()
	value, ok := r.kept[key]
	if !ok {
		if value = make(); r.kept == nil {
			r.kept = map[any]any{}
		}
		r.kept[key] = value
	}
	return value
}
