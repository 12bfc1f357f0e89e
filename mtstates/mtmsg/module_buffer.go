package mtmsg

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

func (r *bufferRef) isNonblock() bool { return r.nonblock }

func (m *module) bufferID(_ backend.VM, r *bufferRef) (int64, error) { return r.id, nil }

func (m *module) bufferName(_ backend.VM, r *bufferRef) (binding.Optional[string], error) {
	return nameOf(&r.identity), nil
}

func nameOf(i *identity) binding.Optional[string] {
	return binding.Optional[string]{Value: i.name, Present: i.named}
}

func (m *module) bufferAddmsg(s backend.VM, r *bufferRef, first int) (bool, error) {
	return m.put(s, r.Buffer, first, "addmsg", false)
}

func (m *module) bufferSetmsg(s backend.VM, r *bufferRef, first int) (bool, error) {
	return m.put(s, r.Buffer, first, "setmsg", true)
}

// put adds or sets a message with the arguments of a method from index first on.
func (m *module) put(s backend.VM, b *Buffer, first int, function string, set bool) (added bool, err error) {
	values, err := m.collect(s, first, function)
	if err != nil {
		return false, err
	}
	msg := messageOf(values)
	if added, err = b.put(msg, set, s); !added {
		msg.held.release()
	}
	m.keep(values)
	return added, err
}

func (m *module) bufferNextmsg(s backend.VM, r *bufferRef, timeout binding.Optional[float64]) (int, error) {
	return m.pushNext(s, r.queue, waitLimits(s, timeout, r.nonblock))
}

func (m *module) bufferMsgcnt(_ backend.VM, r *bufferRef) (int64, error) {
	n, err := r.Len()
	return int64(n), err
}

func (m *module) bufferClear(s backend.VM, r *bufferRef) error { return r.clearFrom(s) }

func (m *module) bufferNotifier(
	s backend.VM, r *bufferRef, notifier int, kind string, threshold binding.Optional[int64],
) error {
	when, err := condition(kind, threshold)
	if err != nil {
		return err
	}
	w, ok := toWatch(s, notifier)
	if !ok {
		return forged(1, "notifier", bufferType+" or mtstates.state")
	}
	w.when = when
	if err := r.setWatch(w); err != ErrNotifierCycle {
		return err
	}
	return &mtstates.ArgumentError{Index: 1, Function: "notifier", Message: ErrNotifierCycle.Error()}
}

// toWatch returns the notifier at index, none if index is 0; ok is false for a userdata that is not a notifier.
func toWatch(s backend.VM, index int) (w watch, ok bool) {
	if index == 0 {
		return w, true
	}
	switch object := s.ToUserdata(index).(type) {
	case backend.Detachable: // the buffer owns it as well
		detached := object.Detach()
		if w.notifier, ok = detached.Object().(Notifier); ok {
			if h, owns := detached.(owner.Holder); owns {
				w.held = h.Held()
			}
		}
	case Notifier:
		w.notifier, ok = object, true
	}
	return w, ok
}

// forged is the error of an argument that is userdata with the metatable of another type, which library debug gave it.
func forged(index int, function, want string) error {
	return &mtstates.ArgumentError{Index: index, Function: function, Message: want + " expected, got userdata"}
}

// condition returns the condition that the arguments kind and threshold describe.
func condition(kind string, threshold binding.Optional[int64]) (Condition, error) {
	when := Condition{Below: kind == "<", Threshold: toInt(threshold.Value)}
	if !when.Below && kind != ">" {
		message := fmt.Sprintf("invalid option '%s'", backend.Quote(kind))
		return when, &mtstates.ArgumentError{Index: 2, Function: "notifier", Message: message}
	}
	if when.Below && !threshold.Present {
		when.Threshold = 1
	}
	return when, nil
}

func (m *module) bufferNonblock(_ backend.VM, r *bufferRef, flag bool) error {
	r.nonblock = flag
	return nil
}

func (m *module) bufferIsnonblock(_ backend.VM, r *bufferRef) (bool, error) {
	return r.nonblock, nil
}

func (m *module) bufferClose(_ backend.VM, r *bufferRef) error {
	r.Close()
	return nil
}

func (m *module) bufferAbort(_ backend.VM, r *bufferRef, flag bool) error { return r.Abort(flag) }

func (m *module) bufferIsabort(_ backend.VM, r *bufferRef) (bool, error) { return r.Aborted() }
