package mtmsg

// ring is a queue in one block of memory. The zero ring is empty and ready.
type ring[T any] struct {
	slots []T
	head  int // of the oldest element
	count int
	most  int // the highest count since the ring was empty
}

// The sizes of a block: the first one, and the one from which on an oversized block shrinks when the ring is empty.
const (
	firstSlots  = 8
	shrinkSlots = 1024
)

// first returns the oldest element. The ring must not be empty.
func (r *ring[T]) first() T { return r.slots[r.head] }

// push appends elements. A full block grows by the factor, and at least as far as needed.
func (r *ring[T]) push(factor float64, elements ...T) {
	r.makeRoom(factor, len(elements))
	at := r.place(r.count)
	n := copy(r.slots[at:], elements)
	copy(r.slots, elements[n:])
	r.count += len(elements)
	r.most = max(r.most, r.count)
}

// unpop puts elements in front of the oldest one.
func (r *ring[T]) unpop(factor float64, elements ...T) {
	r.makeRoom(factor, len(elements))
	if len(r.slots) == 0 {
		return
	}
	r.head = r.place(len(r.slots) - len(elements))
	n := copy(r.slots[r.head:], elements)
	copy(r.slots, elements[n:])
	r.count += len(elements)
	r.most = max(r.most, r.count)
}

// pop removes the n oldest elements and appends them to dst. The ring must have n elements.
func (r *ring[T]) pop(dst []T, n int) []T {
	front := r.slots[r.head:min(r.head+n, len(r.slots))]
	rest := r.slots[:n-len(front)]
	dst = append(append(dst, front...), rest...)
	clear(front)
	clear(rest)
	r.drop(n)
	return dst
}

// pop1 removes the oldest element. The ring must not be empty.
func (r *ring[T]) pop1() T {
	var none T
	element := r.slots[r.head]
	r.slots[r.head] = none
	r.drop(1)
	return element
}

func (r *ring[T]) drop(n int) {
	r.count -= n
	if r.count > 0 {
		r.head = r.place(n)
		return
	}
	r.head = 0
	if len(r.slots) >= shrinkSlots && r.most < len(r.slots)/4 {
		r.slots = make([]T, len(r.slots)/2)
	}
	r.most = 0
}

// clear empties the ring.
func (r *ring[T]) clear() {
	clear(r.slots[r.head:min(r.head+r.count, len(r.slots))])
	clear(r.slots[:max(r.head+r.count-len(r.slots), 0)])
	r.drop(r.count)
}

// place returns the index of the element at an offset from the oldest one.
func (r *ring[T]) place(offset int) int {
	at := r.head + offset
	if at >= len(r.slots) {
		at -= len(r.slots)
	}
	return at
}

func (r *ring[T]) makeRoom(factor float64, n int) {
	needed := r.count + n
	if needed <= len(r.slots) {
		return
	}
	slots := make([]T, max(needed, firstSlots, int(float64(len(r.slots))*factor)))
	copied := copy(slots, r.slots[r.head:min(r.head+r.count, len(r.slots))])
	copy(slots[copied:], r.slots[:r.count-copied])
	r.slots, r.head = slots, 0
}
