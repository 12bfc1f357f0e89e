package mtmsg

import (
	"math"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/binding"
)

// module is the Lua module mtmsg in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	store   *Store
	scratch []backend.Value // memory for the values of a message in transit
}

func (m *module) newbuffer(
	s backend.VM, name binding.Optional[string], size int64, grow float64,
) (*bufferRef, error) {
	return m.newBuffer(s, nil, bufferOptions(name, size, grow))
}

// newBuffer makes a buffer that belongs to a listener, which may be nil.
func (m *module) newBuffer(s backend.VM, f *feed, options []BufferOption) (*bufferRef, error) {
	b, err := m.store.newBuffer(f, options)
	if err != nil {
		return nil, err
	}
	r, _ := b.own(s)
	return r, nil
}

func bufferOptions(name binding.Optional[string], size int64, grow float64) []BufferOption {
	options := []BufferOption{Size(toInt(size)), Grow(grow)}
	if name.Present {
		options = append(options, Named(name.Value))
	}
	return options
}

// toInt returns n, or the nearest int where an int has 32 bits.
func toInt(n int64) int { return int(min(max(n, math.MinInt), math.MaxInt)) }

func (m *module) buffer(s backend.VM, id int) (*bufferRef, error) {
	for {
		b, err := find(s, id, "buffer", m.store.bufferByID, m.store.bufferByName)
		if err != nil {
			return nil, err
		}
		if r, alive := b.own(s); alive {
			return r, nil
		} // gone in the meantime, which the next look-up finds
	}
}

func (m *module) newlistener(s backend.VM, name binding.Optional[string]) (*listenerRef, error) {
	var options []ListenerOption
	if name.Present {
		options = append(options, Named(name.Value))
	}
	r, _ := m.store.newListener(options).own(s)
	return r, nil
}

func (m *module) listener(s backend.VM, id int) (*listenerRef, error) {
	for {
		l, err := find(s, id, "listener", m.store.listenerByID, m.store.listenerByName)
		if err != nil {
			return nil, err
		}
		if r, alive := l.own(s); alive {
			return r, nil
		}
	}
}

// find looks up the object whose id or name is at index; a number with a fraction is never an id.
func find[T any](
	s backend.VM, index int, kind string,
	byID func(int64) (*T, error), byName func(string) (*T, error),
) (*T, error) {
	if s.Type(index) == backend.String {
		name, _ := s.ToString(index)
		return byName(name)
	}
	if id, ok := arg.ID(s, index); ok {
		return byID(id)
	}
	text, _ := s.ToString(index)
	return nil, ErrUnknownObject.With(kind + " id " + text)
}

func (m *module) newwriter(_ backend.VM, size int64, grow float64) (*Writer, error) {
	return NewWriter(Size(toInt(size)), Grow(grow)), nil
}

func (m *module) newreader(_ backend.VM, size int64, grow float64) (*Reader, error) {
	return NewReader(Size(toInt(size)), Grow(grow)), nil
}

func (m *module) abort(_ backend.VM, flag bool) error {
	m.store.Abort(flag)
	return nil
}

func (m *module) isabort(backend.VM) (bool, error) { return m.store.Aborted(), nil }

func (m *module) time(backend.VM) (float64, error) { return Now(), nil }

func (m *module) sleep(s backend.VM, seconds float64) error {
	return sleep(waitLimits(s, binding.Some(seconds), false))
}

func (m *module) typeOf(s backend.VM, value int) (string, error) {
	return arg.TypeName(s, value), nil
}
