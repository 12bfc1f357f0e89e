package mtmsg

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
)

// The methods of writers and readers, for messages in parts.

func (m *module) writerAdd(s backend.VM, w *Writer, first int) error {
	values, err := m.collect(s, first, "add")
	if err != nil {
		return err
	}
	defer m.keep(values)
	return w.addFrom(s, values)
}

func (m *module) writerAddmsg(s backend.VM, w *Writer, to *bufferRef) (bool, error) {
	return w.send(to.Buffer, false, s)
}

func (m *module) writerSetmsg(s backend.VM, w *Writer, to *bufferRef) (bool, error) {
	return w.send(to.Buffer, true, s)
}

func (m *module) writerClear(_ backend.VM, w *Writer) error {
	w.Clear()
	return nil
}

func (m *module) readerNextmsg(
	s backend.VM, r *Reader, source int, timeout binding.Optional[float64],
) (bool, error) {
	from, ok := s.ToUserdata(source).(sourceRef)
	if !ok {
		return false, forged(1, "nextmsg", bufferType+" or "+listenerType)
	}
	return r.next(from, waitLimits(s, timeout, from.isNonblock()))
}

// sourceRef is a *bufferRef or *listenerRef.
type sourceRef interface {
	Source
	isNonblock() bool
}

func (m *module) readerNext(s backend.VM, r *Reader, count int64) (int, error) {
	values := r.peek(toInt(count))
	if err := pushValues(s, values); err != nil {
		return 0, err
	}
	r.read += len(values)
	return len(values), nil
}

func (m *module) readerClear(_ backend.VM, r *Reader) error {
	r.Clear()
	return nil
}
