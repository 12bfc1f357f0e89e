package mtmsg

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
)

func (r *listenerRef) isNonblock() bool { return r.nonblock }

func (m *module) listenerID(_ backend.VM, r *listenerRef) (int64, error) { return r.id, nil }

func (m *module) listenerName(_ backend.VM, r *listenerRef) (binding.Optional[string], error) {
	return nameOf(&r.identity), nil
}

func (m *module) listenerNewbuffer(
	s backend.VM, r *listenerRef, name binding.Optional[string], size int64, grow float64,
) (*bufferRef, error) {
	return m.newBuffer(s, r.feed, bufferOptions(name, size, grow))
}

func (m *module) listenerNextmsg(s backend.VM, r *listenerRef, timeout binding.Optional[float64]) (int, error) {
	return m.pushNext(s, r.feed, waitLimits(s, timeout, r.nonblock))
}

func (m *module) listenerNonblock(_ backend.VM, r *listenerRef, flag bool) error {
	r.nonblock = flag
	return nil
}

func (m *module) listenerIsnonblock(_ backend.VM, r *listenerRef) (bool, error) {
	return r.nonblock, nil
}

func (m *module) listenerClear(s backend.VM, r *listenerRef) error { return r.clearFrom(s) }

func (m *module) listenerClose(_ backend.VM, r *listenerRef) error {
	r.Close()
	return nil
}

func (m *module) listenerAbort(_ backend.VM, r *listenerRef, flag bool) error {
	return r.Abort(flag)
}

func (m *module) listenerIsabort(_ backend.VM, r *listenerRef) (bool, error) { return r.Aborted() }
