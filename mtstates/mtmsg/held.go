package mtmsg

import "fmt"

// held counts the bytes of the messages in a queue, for the queue and for its store. It is an object of its own, so that
// the store gets them back when the queue is collected.
type held struct {
	store *Store
	bytes int // guarded by the lock of the queue
}

// add counts a new message, unless that is more than the store may hold.
func (h *held) add(bytes int) bool {
	h.put(bytes)
	if h.store.MaxBytes > 0 && h.store.counter().Load() > int64(h.store.MaxBytes) {
		h.put(-bytes)
		return false
	}
	return true
}

// mayReplace reports whether the store has room for a message in place of all those of the queue.
func (h *held) mayReplace(bytes int) bool {
	most := int64(h.store.MaxBytes)
	return most == 0 || h.store.counter().Load()-int64(h.bytes)+int64(bytes) <= most
}

// put counts a message that is put back or, with a negative number, one that is taken.
func (h *held) put(bytes int) {
	if h.bytes += bytes; h.store.MaxBytes > 0 { // all threads of the store share its counter
		h.store.counter().Add(int64(bytes))
	}
}

// lost is the cleanup of a queue.
func (h *held) lost() { h.put(-h.bytes) }

// full returns the error for a message that the store has no room for.
func (h *held) full() error {
	return ErrOutOfMemory.With(fmt.Sprintf("the limit of %d bytes for messages is reached", h.store.MaxBytes))
}
