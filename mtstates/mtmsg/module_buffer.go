package mtmsg

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// bufferRef is a Lua object that references a buffer.
type bufferRef struct {
	*Buffer
	nonblock bool
}

func (r *bufferRef) isNonblock() bool { return r.nonblock }

func pushBuffer(s backend.VM, b *Buffer) { s.PushUserdata(&bufferRef{Buffer: b}, bufferType) }

func (m *module) bufferMeta(s backend.VM) { setToString[*bufferRef](s) }

func (m *module) bufferID(s backend.VM, r *bufferRef) (int, error) {
	s.PushNumber(float64(r.id))
	return 1, nil
}

func (m *module) bufferName(s backend.VM, r *bufferRef) (int, error) {
	return pushName(s, &r.identity)
}

// pushName pushes the name if there is one.
func pushName(s backend.VM, i *identity) (int, error) {
	if !i.named {
		return 0, nil
	}
	s.PushString(i.name)
	return 1, nil
}

func (m *module) bufferAddmsg(s backend.VM, r *bufferRef) (int, error) {
	return m.put(s, r.Buffer, "addmsg", false)
}

func (m *module) bufferSetmsg(s backend.VM, r *bufferRef) (int, error) {
	return m.put(s, r.Buffer, "setmsg", true)
}

// put adds or sets the message that the arguments of a method are.
func (m *module) put(s backend.VM, b *Buffer, function string, set bool) (int, error) {
	values, err := m.collect(s, function)
	if err != nil {
		return 0, err
	}
	added, err := b.put(values, set, s)
	m.keep(values)
	if err != nil {
		return 0, err
	}
	s.PushBoolean(added)
	return 1, nil
}

func (m *module) bufferNextmsg(s backend.VM, r *bufferRef, a bufferNextmsgArgs) (int, error) {
	return m.pushNext(s, r.queue, waitLimits(s, a.timeout, a.hasTimeout, r.nonblock))
}

func (m *module) bufferMsgcnt(s backend.VM, r *bufferRef) (int, error) {
	n, err := r.Len()
	s.PushNumber(float64(n))
	return 1, err
}

func (m *module) bufferClear(s backend.VM, r *bufferRef) (int, error) { return 0, r.clearFrom(s) }

func (m *module) bufferNotifier(s backend.VM, r *bufferRef, a bufferNotifierArgs) (int, error) {
	when, err := condition(a)
	if err != nil {
		return 0, err
	}
	if err := r.SetNotifier(toNotifier(s, a.ntf), when); err != ErrNotifierCycle {
		return 0, err
	}
	return 0, &mtstates.ArgumentError{Index: 1, Function: "notifier", Message: ErrNotifierCycle.Error()}
}

// toNotifier returns the notifier at index, nil for index 0.
func toNotifier(s backend.VM, index int) Notifier {
	if index == 0 {
		return nil
	}
	if r, ok := s.ToUserdata(index).(*bufferRef); ok {
		return r.Buffer
	}
	return s.ToUserdata(index).(Notifier)
}

// condition returns what the arguments type and threshold say.
func condition(a bufferNotifierArgs) (Condition, error) {
	when := Condition{Below: a.kind == "<", Threshold: int(a.threshold)}
	if !when.Below && a.kind != ">" {
		message := fmt.Sprintf("invalid option '%s'", backend.Quote(a.kind))
		return when, &mtstates.ArgumentError{Index: 2, Function: "notifier", Message: message}
	}
	if when.Below && !a.hasThreshold {
		when.Threshold = 1
	}
	return when, nil
}

func (m *module) bufferNonblock(_ backend.VM, r *bufferRef, a bufferNonblockArgs) (int, error) {
	r.nonblock = a.flag
	return 0, nil
}

func (m *module) bufferIsnonblock(s backend.VM, r *bufferRef) (int, error) {
	s.PushBoolean(r.nonblock)
	return 1, nil
}

func (m *module) bufferClose(_ backend.VM, r *bufferRef) (int, error) {
	r.Close()
	return 0, nil
}

func (m *module) bufferAbort(_ backend.VM, r *bufferRef, a bufferAbortArgs) (int, error) {
	return 0, r.Abort(a.flag)
}

func (m *module) bufferIsabort(s backend.VM, r *bufferRef) (int, error) {
	aborted, err := r.Aborted()
	s.PushBoolean(aborted)
	return 1, err
}
