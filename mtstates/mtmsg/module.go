package mtmsg

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// module is the Lua module mtmsg in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	store   *Store
	scratch []backend.Value // memory for the values of a message on its way
}

func (m *module) newbuffer(s backend.VM, a newbufferArgs) (int, error) {
	b := m.store.NewBuffer(bufferOptions(a.name, a.hasName, a.size, a.grow)...)
	pushBuffer(s, b)
	return 1, nil
}

func bufferOptions(name string, named bool, size int64, grow float64) []BufferOption {
	options := []BufferOption{Size(size), Grow(grow)}
	if named {
		options = append(options, Named(name))
	}
	return options
}

func (m *module) buffer(s backend.VM, a bufferArgs) (int, error) {
	b, err := find(s, a.id, "buffer", m.store.BufferByID, m.store.BufferByName)
	if err != nil {
		return 0, err
	}
	pushBuffer(s, b)
	return 1, nil
}

func (m *module) newlistener(s backend.VM, a newlistenerArgs) (int, error) {
	var options []ListenerOption
	if a.hasName {
		options = append(options, Named(a.name))
	}
	pushListener(s, m.store.NewListener(options...))
	return 1, nil
}

func (m *module) listener(s backend.VM, a listenerArgs) (int, error) {
	l, err := find(s, a.id, "listener", m.store.ListenerByID, m.store.ListenerByName)
	if err != nil {
		return 0, err
	}
	pushListener(s, l)
	return 1, nil
}

// find looks up the object whose id or name is at index; a number with a fraction is the id of none.
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

func (m *module) newwriter(s backend.VM, a newwriterArgs) (int, error) {
	s.PushUserdata(NewWriter(Size(a.size), Grow(a.grow)), writerType)
	return 1, nil
}

func (m *module) newreader(s backend.VM, a newreaderArgs) (int, error) {
	s.PushUserdata(NewReader(Size(a.size), Grow(a.grow)), readerType)
	return 1, nil
}

func (m *module) abort(_ backend.VM, a abortArgs) (int, error) {
	m.store.Abort(a.flag)
	return 0, nil
}

func (m *module) isabort(s backend.VM) (int, error) {
	s.PushBoolean(m.store.Aborted())
	return 1, nil
}

func (m *module) time(s backend.VM) (int, error) {
	s.PushNumber(Now())
	return 1, nil
}

func (m *module) sleep(s backend.VM, a sleepArgs) (int, error) {
	return 0, sleep(waitLimits(s, a.seconds, true, false))
}

func (m *module) typeOf(s backend.VM, a typeArgs) (int, error) {
	s.PushString(arg.TypeName(s, a.arg))
	return 1, nil
}

// setToString completes the metatable on the top with a __tostring for objects of type T.
func setToString[T fmt.Stringer](s backend.VM) {
	s.PushFunction(func(s backend.VM) int {
		object, ok := s.ToUserdata(1).(T)
		if !ok {
			return 0
		}
		s.PushString(object.String())
		return 1
	})
	s.RawSetField(-2, "__tostring")
}
