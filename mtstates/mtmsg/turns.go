package mtmsg

// turns has the queues of a listener that have messages. Each has a turn in which one message is taken, so that a busy
// sender cannot keep those of another one from the listener. The listener's lock guards it.
type turns struct{ first, last *queue }

// place is the place of a queue among the turns of its listener.
type place struct {
	prev, next *queue
	taken      bool // whether the queue has a place
}

// push gives a queue the last turn.
func (t *turns) push(q *queue) {
	q.place = place{prev: t.last, taken: true}
	if t.last == nil {
		t.first = q
	} else {
		t.last.place.next = q
	}
	t.last = q
}

// unpop gives a queue the first turn.
func (t *turns) unpop(q *queue) {
	q.place = place{next: t.first, taken: true}
	if t.first == nil {
		t.last = q
	} else {
		t.first.place.prev = q
	}
	t.first = q
}

// remove takes the turn of a queue away.
func (t *turns) remove(q *queue) {
	p := q.place
	q.place = place{}
	if p.prev == nil {
		t.first = p.next
	} else {
		p.prev.place.next = p.next
	}
	if p.next == nil {
		t.last = p.prev
	} else {
		p.next.place.prev = p.prev
	}
}

// settle gives the queue a turn at its listener if it has messages and none yet, and takes the turn of an empty queue away.
func (q *queue) settle() {
	switch ready := q.extents.count > 0; {
	case q.feed == nil || ready == q.place.taken:
	case ready:
		q.feed.turns.push(q)
	default:
		q.feed.turns.remove(q)
	}
}
