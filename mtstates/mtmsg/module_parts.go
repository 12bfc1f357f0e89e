package mtmsg

import "github.com/mtstates/go-mtstates/backend"

// The methods of writers and readers, for messages in parts.

func (m *module) writerMeta(s backend.VM) { setToString[*Writer](s) }

func (m *module) writerAdd(s backend.VM, w *Writer) (int, error) {
	values, err := m.collect(s, "add")
	if err != nil {
		return 0, err
	}
	defer m.keep(values)
	return 0, w.add(values)
}

func (m *module) writerAddmsg(s backend.VM, w *Writer, a writerAddmsgArgs) (int, error) {
	return m.send(s, w, a.buffer, false)
}

func (m *module) writerSetmsg(s backend.VM, w *Writer, a writerSetmsgArgs) (int, error) {
	return m.send(s, w, a.buffer, true)
}

func (m *module) send(s backend.VM, w *Writer, buffer int, set bool) (int, error) {
	added, err := w.send(s.ToUserdata(buffer).(*bufferRef).Buffer, set, s)
	s.PushBoolean(added)
	return 1, err
}

func (m *module) writerClear(_ backend.VM, w *Writer) (int, error) {
	w.Clear()
	return 0, nil
}

func (m *module) readerMeta(s backend.VM) { setToString[*Reader](s) }

func (m *module) readerNextmsg(s backend.VM, r *Reader, a readerNextmsgArgs) (int, error) {
	from := s.ToUserdata(a.source).(sourceRef)
	got, err := r.next(from, waitLimits(s, a.timeout, a.hasTimeout, from.isNonblock()))
	s.PushBoolean(got)
	return 1, err
}

// sourceRef is a *bufferRef or *listenerRef.
type sourceRef interface {
	Source
	isNonblock() bool
}

func (m *module) readerNext(s backend.VM, r *Reader, a readerNextArgs) (int, error) {
	values := r.peek(int(a.count))
	if err := pushValues(s, values); err != nil {
		return 0, err
	}
	r.read += len(values)
	return len(values), nil
}

func (m *module) readerClear(_ backend.VM, r *Reader) (int, error) {
	r.Clear()
	return 0, nil
}
