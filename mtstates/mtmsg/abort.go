package mtmsg

// Abort with true makes all waits for messages of the buffer fail with [ErrOperationAborted], those in progress and
// later ones, even if there are messages; these stay. Abort with false ends that.
func (b *Buffer) Abort(flag bool) error {
	q := b.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return q.errClosed()
	}
	q.aborted = flag
	if flag {
		q.line.dismiss(q.errAborted())
	}
	return nil
}

// Aborted reports whether the buffer or its whole store is aborted. The error is [ErrObjectClosed].
func (b *Buffer) Aborted() (bool, error) {
	q := b.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false, q.errClosed()
	}
	return q.aborted || q.store.Aborted(), nil
}

// Abort is [Buffer.Abort] for waits for messages of the listener. It does not abort the listener's buffers.
func (l *Listener) Abort(flag bool) error {
	f := l.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return f.errClosed()
	}
	f.aborted = flag
	if flag {
		f.line.dismiss(f.errAborted())
	}
	return nil
}

// Aborted reports whether the listener or its whole store is aborted. The error is [ErrObjectClosed].
func (l *Listener) Aborted() (bool, error) {
	f := l.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false, f.errClosed()
	}
	return f.aborted || f.store.Aborted(), nil
}

// Abort is [Buffer.Abort] for all present and future buffers and listeners of the store. What was aborted on its own
// stays aborted after Abort with false.
func (s *Store) Abort(flag bool) {
	s.aborted.Store(flag)
	if !flag {
		return
	}
	// From now on new waiters see the flag, so none is missed.
	for b := range s.Buffers() {
		b.queue.mu.Lock()
		b.queue.line.dismiss(b.queue.errAborted())
		b.queue.mu.Unlock()
	}
	for l := range s.Listeners() {
		l.feed.mu.Lock()
		l.feed.line.dismiss(l.feed.errAborted())
		l.feed.mu.Unlock()
	}
}

// Aborted reports whether the store is aborted.
func (s *Store) Aborted() bool { return s.aborted.Load() || s.whole != nil && s.whole.Aborted() }
