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
	_ backend.VM, name binding.Optional[string], size int64, grow float64,
) (*bufferRef, error) {
	return &bufferRef{Buffer: m.store.NewBuffer(bufferOptions(name, size, grow)...)}, nil
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
	b, err := find(s, id, "buffer", m.store.BufferByID, m.store.BufferByName)
	return &bufferRef{Buffer: b}, err
}

func (m *module) newlistener(_ backend.VM, name binding.Optional[string]) (*listenerRef, error) {
	var options []ListenerOption
	if name.Present {
		options = append(options, Named(name.Value))
	}
	return &listenerRef{Listener: m.store.NewListener(options...)}, nil
}

func (m *module) listener(s backend.VM, id int) (*listenerRef, error) {
	l, err := find(s, id, "listener", m.store.ListenerByID, m.store.ListenerByName)
	return &listenerRef{Listener: l}, err
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
