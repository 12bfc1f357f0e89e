// Package weak gives VMs on the Go heap weak tables. Only backends import it.
//
// # How
//
// The Go collector decides what is alive, so that no roots have to be known: what Go code holds counts, too, and so do
// coroutines and other VMs. Before it runs, [Tables.Take] takes out of weak tables what is weak in them, and keeps it as
// weak pointers; afterwards [Tables.Put] puts back what is still there. Meanwhile what was taken out is kept with the
// table itself, in a [Carrier], so that it goes with a table that is garbage. A value under a weak key must live as long as
// the key lives, and no longer: it is carried by the key.
//
// # Rules
//
// Between Take and Put the VM must not run. What a VM's values are like, a backend says by [Objects].
package weak

import (
	"cmp"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
	"weak"
)

// Ref is a reference to an object of a VM, which Tables make weak. The zero value refers to nothing.
type Ref struct {
	strong unsafe.Pointer // nil when it is weak
	weak   weak.Pointer[byte]
	// Kind is what the VM's Objects say of the object.
	Kind uint8
}

// Make returns a reference to the object at an address. kind is not 0.
func Make(p unsafe.Pointer, kind uint8) Ref { return Ref{strong: p, Kind: kind} }

// Pointer returns the address of the object, nil when it is dead.
func (r Ref) Pointer() unsafe.Pointer {
	if r.strong != nil {
		return r.strong
	}
	return unsafe.Pointer(r.weak.Value())
}

// weaken makes references weak. They are sorted by address, from the highest on: Go keeps the weak pointers into a piece of
// memory in a list with the lowest address first, and walks it to find one and to add one.
func weaken(refs []*Ref) {
	slices.SortFunc(refs, func(a, b *Ref) int { return cmp.Compare(uintptr(b.strong), uintptr(a.strong)) })
	var last Ref
	for _, r := range refs {
		if r.strong != last.strong {
			last = Ref{r.strong, weak.Make((*byte)(r.strong)), 0}
		}
		r.strong, r.weak = nil, last.weak
	}
}

// Entry is what was taken out of a table: a field of which the key or the value is weak, or both.
type Entry[V any] struct {
	// Key and Value are what is not weak.
	Key, Value V
	// WeakKey and WeakValue are what is.
	WeakKey, WeakValue Ref
	// Place is where the field was, for the VM's Objects.
	Place int
}

// Append is append for what Take returns. It doubles the room, since copying many entries takes time.
func Append[V any](entries []Entry[V], e Entry[V]) []Entry[V] {
	if len(entries) == cap(entries) {
		entries = slices.Grow(entries, len(entries)+1)
	}
	return append(entries, e)
}

// Carrier is what an object of a VM carries between Take and Put.
type Carrier[V any] struct {
	entries []Entry[V] // of a table
	values  []V        // that live as long as the object
}

// Objects is what a VM's values are like. V is their type in Go.
type Objects[V any] interface {
	// Ref returns a reference to a value, from Make; ok is false for values that are never collected.
	Ref(v V) (r Ref, ok bool)
	// Value returns the value that a reference was made of; ok is false when it is dead.
	Value(r Ref) (v V, ok bool)
	// Mode returns the field __mode of a table's metatable, "" for none.
	Mode(table V) string
	// Len returns about how many fields a table has, in little time.
	Len(table V) int
	// Take takes the fields out of a table in which something is weak, and leaves no reference to what is but in the entries,
	// which it collects with Append.
	Take(table V, keys, values bool) []Entry[V]
	// Put puts an entry back that Take has returned. With ok false its value is dead: then the field is cleared.
	Put(table V, e *Entry[V], key, value V, ok bool)
	// Compact gives back the room of cleared fields of a table. It is called after Put, with the number of fields that were
	// taken out.
	Compact(table V, taken int)
	// Carrier returns the carrier of an object, which has none at first; create makes one then. It may be nil for objects
	// other than tables: then a value under such a key lives as long as the table.
	Carrier(v V, create bool) *Carrier[V]
	// Release takes the carrier away from an object.
	Release(v V)
}

// Tables are the weak tables of a VM.
type Tables[V any] struct {
	// Probe says that Due is never called for the tables, so that Used does not count them.
	Probe bool

	tables  []Ref
	live    int
	hidden  bool // there may be others
	taken   []taken
	keys    []Ref  // objects with a carrier
	cycles  uint64 // that Due has seen
	size    int    // of the tables after the last time
	started time.Time
	ended   time.Time
	took    time.Duration
}

// taken is a table with a carrier.
type taken struct {
	table   Ref
	carried bool // keys carry values of the table
}

// Add notes a table, if it is weak, and reports whether it is. It is called when the metatable of a table was set.
func (t *Tables[V]) Add(o Objects[V], table V) bool {
	if keys, values := modeOf(o, table); !keys && !values {
		return false
	}
	if len(t.tables) >= 2*t.live+16 {
		t.drop()
	}
	if r, ok := o.Ref(table); ok {
		if !t.Probe {
			count()
		}
		weaken([]*Ref{&r})
		t.tables = append(t.tables, r)
	}
	return true
}

// Shrunk returns a map that is as small as what is in it, if that is little next to the number of entries there were. Maps
// keep their room otherwise.
func Shrunk[K comparable, E any](m map[K]E, were int) map[K]E {
	const large = 1000
	if were < large || len(m) > were/4 {
		return m
	}
	small := make(map[K]E, len(m))
	maps.Copy(small, m)
	return small
}

// modeField is the field of a metatable that makes tables weak.
const modeField = "__mode"

// Loaded looks at code that the VM has loaded: whether tables may become weak after their metatable was set.
func (t *Tables[V]) Loaded(code string) {
	if !t.hidden && strings.Contains(code, modeField) {
		t.Hide()
	}
}

// Hide notes that there may be weak tables which Add has not been called for since they are.
func (t *Tables[V]) Hide() {
	t.hidden = true
	count()
}

// Hidden reports whether there may be weak tables which Add has not been called for since they are: then it must be called
// for all tables of the VM before Take.
func (t *Tables[V]) Hidden() bool { return t.hidden }

func modeOf[V any](o Objects[V], table V) (keys, values bool) {
	mode := o.Mode(table)
	return strings.Contains(mode, "k"), strings.Contains(mode, "v")
}

// drop forgets dead tables, and those that are noted twice.
func (t *Tables[V]) drop() {
	seen := map[unsafe.Pointer]bool{}
	t.tables = slices.DeleteFunc(t.tables, func(r Ref) bool {
		p := r.Pointer()
		known := p == nil || seen[p]
		seen[p] = true
		return known
	})
	t.live = len(t.tables)
}

// Take takes out of the tables what is weak in them. It reports whether there was anything: then Put must follow.
func (t *Tables[V]) Take(o Objects[V]) bool {
	if len(t.tables) == 0 {
		return false
	}
	t.drop()
	for _, r := range t.tables {
		if table, ok := o.Value(r); ok {
			t.take(o, r, table)
		}
	}
	t.weaken(o)
	return len(t.taken) > 0
}

func (t *Tables[V]) take(o Objects[V], r Ref, table V) {
	keys, values := modeOf(o, table)
	if !keys && !values {
		return
	}
	entries, carried := o.Take(table, keys, values), false
	if len(entries) == 0 {
		return
	}
	for i := range entries {
		e := &entries[i]
		if e.WeakKey == (Ref{}) || e.WeakValue != (Ref{}) {
			continue
		}
		if value, ok := o.Ref(e.Value); ok {
			t.carry(o, e, value)
			carried = true
		}
	}
	o.Carrier(table, true).entries = entries
	t.taken = append(t.taken, taken{r, carried})
}

// weaken makes all references weak that take has made.
func (t *Tables[V]) weaken(o Objects[V]) {
	n := len(t.keys)
	for _, taken := range t.taken {
		if table, ok := o.Value(taken.table); ok {
			n += 2 * len(o.Carrier(table, false).entries)
		}
	}
	refs := make([]*Ref, 0, n)
	add := func(r *Ref) {
		if r.strong != nil {
			refs = append(refs, r)
		}
	}
	for _, taken := range t.taken {
		table, ok := o.Value(taken.table)
		if !ok {
			continue // it died a moment ago, with its entries
		}
		entries := o.Carrier(table, false).entries
		for i := range entries {
			add(&entries[i].WeakKey)
			add(&entries[i].WeakValue)
		}
	}
	for i := range t.keys {
		add(&t.keys[i])
	}
	weaken(refs)
}

// carry lets the key of an entry carry its value, to which value refers.
func (t *Tables[V]) carry(o Objects[V], e *Entry[V], value Ref) {
	key, _ := o.Value(e.WeakKey)
	c := o.Carrier(key, true)
	if c == nil {
		return // it can carry nothing: the value lives as long as the table
	}
	if c.values == nil {
		t.keys = append(t.keys, e.WeakKey)
	}
	c.values = append(c.values, e.Value)
	var none V
	e.Value, e.WeakValue = none, value
}

// Put puts back what is alive of what Take has taken out. When a table is dead whose keys are alive, they have carried its
// values for nothing, so that the collector runs again.
func (t *Tables[V]) Put(o Objects[V]) {
	for t.put(o) && t.Take(o) {
		runtime.GC()
	}
}

// put is Put for one run of the collector. It reports whether there should be another.
func (t *Tables[V]) put(o Objects[V]) (again bool) {
	for _, taken := range t.taken {
		table, ok := o.Value(taken.table)
		if ok {
			putTable(o, table)
		}
		again = again || !ok && taken.carried
	}
	for _, r := range t.keys {
		if key, ok := o.Value(r); ok {
			c := o.Carrier(key, false)
			if c.values = nil; c.entries == nil {
				o.Release(key)
			}
		}
	}
	t.taken, t.keys = t.taken[:0], t.keys[:0]
	t.drop()
	return again
}

func putTable[V any](o Objects[V], table V) {
	c := o.Carrier(table, false)
	taken := len(c.entries)
	for i := range c.entries {
		e := &c.entries[i]
		key, value, alive := e.Key, e.Value, true
		if e.WeakKey != (Ref{}) {
			if key, alive = o.Value(e.WeakKey); !alive {
				continue
			}
		}
		if e.WeakValue != (Ref{}) {
			value, alive = o.Value(e.WeakValue)
		}
		o.Put(table, e, key, value, alive)
	}
	if c.entries = nil; c.values == nil {
		o.Release(table)
	}
	o.Compact(table, taken)
}

// Due reports whether it is time to clear the tables: the Go collector has run by itself, and since the last time the tables
// have grown by as much as they had, or so much time has gone that this takes little of it. It may be called often. After
// true, Take, a run of the Go collector, Put and Done must follow.
func (t *Tables[V]) Due(o Objects[V]) bool {
	n := cycles.Load()
	if n == t.cycles || len(t.tables) == 0 && !t.hidden {
		return false
	}
	t.cycles = n
	const rest = 20 // times as long as it took
	t.started = time.Now()
	return t.started.Sub(t.ended) >= rest*t.took || t.sizes(o) > 2*t.size+1000
}

// sizes returns how many fields the tables have.
func (t *Tables[V]) sizes(o Objects[V]) (n int) {
	for _, r := range t.tables {
		if table, ok := o.Value(r); ok {
			n += o.Len(table)
		}
	}
	return n
}

// Done ends what Due has begun. collected reports whether the Go collector was run for it, which does not count as one
// of its own runs.
func (t *Tables[V]) Done(o Objects[V], collected bool) {
	if collected {
		asked.Add(1)
	}
	t.size = t.sizes(o)
	t.ended = time.Now()
	t.took = t.ended.Sub(t.started)
}

// Clear clears weak tables when Due has said so, with Take and Put of the VM's.
func (t *Tables[V]) Clear(o Objects[V], take func() bool, put func()) {
	some := take()
	if some {
		runtime.GC()
		put()
	}
	t.Done(o, some)
}

// Used reports whether any VM of the process may have a weak table. Without one, Due need not be called.
func Used() bool { return cycles.Load() != 0 }

// cycles counts runs of the Go collector, from the first weak table of the process on, and asked those that shall not count.
var (
	cycles atomic.Uint64
	asked  atomic.Int64
)

var count = sync.OnceFunc(countNext)

// countNext counts the next run: an object that nothing refers to is found then.
func countNext() {
	type object struct{ _ *byte }
	if asked.Add(-1) < 0 {
		asked.Store(0)
		cycles.Add(1)
	}
	runtime.SetFinalizer(&object{}, func(*object) { countNext() })
}
