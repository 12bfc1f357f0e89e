package mtmsg

import "github.com/mtstates/go-mtstates/backend"

// listenerRef is a Lua object that references a listener.
type listenerRef struct {
	*Listener
	nonblock bool
}

func (r *listenerRef) isNonblock() bool { return r.nonblock }

func pushListener(s backend.VM, l *Listener) {
	s.PushUserdata(&listenerRef{Listener: l}, listenerType)
}

func (m *module) listenerMeta(s backend.VM) { setToString[*listenerRef](s) }

func (m *module) listenerID(s backend.VM, r *listenerRef) (int, error) {
	s.PushNumber(float64(r.id))
	return 1, nil
}

func (m *module) listenerName(s backend.VM, r *listenerRef) (int, error) {
	return pushName(s, &r.identity)
}

func (m *module) listenerNewbuffer(s backend.VM, r *listenerRef, a listenerNewbufferArgs) (int, error) {
	b, err := r.NewBuffer(bufferOptions(a.name, a.hasName, a.size, a.grow)...)
	if err != nil {
		return 0, err
	}
	pushBuffer(s, b)
	return 1, nil
}

func (m *module) listenerNextmsg(s backend.VM, r *listenerRef, a listenerNextmsgArgs) (int, error) {
	return m.pushNext(s, r.feed, waitLimits(s, a.timeout, a.hasTimeout, r.nonblock))
}

func (m *module) listenerNonblock(_ backend.VM, r *listenerRef, a listenerNonblockArgs) (int, error) {
	r.nonblock = a.flag
	return 0, nil
}

func (m *module) listenerIsnonblock(s backend.VM, r *listenerRef) (int, error) {
	s.PushBoolean(r.nonblock)
	return 1, nil
}

func (m *module) listenerClear(s backend.VM, r *listenerRef) (int, error) {
	return 0, r.clearFrom(s)
}

func (m *module) listenerClose(_ backend.VM, r *listenerRef) (int, error) {
	r.Close()
	return 0, nil
}

func (m *module) listenerAbort(_ backend.VM, r *listenerRef, a listenerAbortArgs) (int, error) {
	return 0, r.Abort(a.flag)
}

func (m *module) listenerIsabort(s backend.VM, r *listenerRef) (int, error) {
	aborted, err := r.Aborted()
	s.PushBoolean(aborted)
	return 1, err
}
