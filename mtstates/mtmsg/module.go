package mtmsg

import (
	"math"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/mtstates"
)

// module is the Lua module mtmsg in one VM. Its functions are registered by generated code (module_gen.go).
type module struct{ store *Store }

func (m *module) newbuffer(s backend.State, a newbufferArgs) (int, error) {
	b := (*Buffer)(nil)
	if a.hasName {
		named, err := m.store.NewNamedBuffer(a.name)
		if err != nil {
			return 0, err
		}
		b = named
	} else {
		b = m.store.NewBuffer()
	}
	s.PushUserdata(b, bufferType)
	return 1, nil
}

func (m *module) buffer(s backend.State, a bufferArgs) (int, error) {
	b, err := m.find(s, a.id)
	if err != nil {
		return 0, err
	}
	s.PushUserdata(b, bufferType)
	return 1, nil
}

func (m *module) find(s backend.State, index int) (*Buffer, error) {
	if s.Type(index) == backend.String {
		name, _ := s.ToString(index)
		return m.store.BufferByName(name)
	}
	if id, ok := arg.ID(s, index); ok {
		return m.store.BufferByID(id)
	}
	text, _ := s.ToString(index)
	return nil, ErrUnknownObject.With("buffer id " + text)
}

func (m *module) time(s backend.State) (int, error) {
	s.PushNumber(Now())
	return 1, nil
}

func (m *module) sleep(_ backend.State, a sleepArgs) (int, error) {
	if d := duration(a.seconds); d > 0 {
		<-time.After(d)
	}
	return 0, nil
}

// duration converts seconds; what is too long for Go waits for ever, as far as anyone can tell.
func duration(seconds float64) time.Duration {
	switch nanoseconds := seconds * 1e9; {
	case !(nanoseconds > 0):
		return 0
	case nanoseconds >= math.MaxInt64:
		return math.MaxInt64
	default:
		return time.Duration(math.Ceil(nanoseconds))
	}
}

func (m *module) typeOf(s backend.State, a typeArgs) (int, error) {
	s.PushString(mtstates.TypeName(s, a.arg))
	return 1, nil
}

// bufferMeta completes the metatable of buffers, which is on the top.
func (m *module) bufferMeta(s backend.State) {
	s.PushFunction(func(s backend.State) int {
		b, ok := s.ToUserdata(1).(*Buffer)
		if !ok {
			return 0
		}
		s.PushString(b.String())
		return 1
	})
	s.SetRawField(-2, "__tostring")
}

func (m *module) bufferID(s backend.State, b *Buffer) (int, error) {
	s.PushNumber(float64(b.id))
	return 1, nil
}

func (m *module) bufferName(s backend.State, b *Buffer) (int, error) {
	if !b.named {
		return 0, nil
	}
	s.PushString(b.name)
	return 1, nil
}

func (m *module) bufferAddmsg(s backend.State, b *Buffer) (int, error) {
	values := make(message, 0, s.Top()-1)
	for i := 2; i <= s.Top(); i++ {
		v, ok := s.ToValue(i)
		if !ok {
			return 0, &mtstates.ArgumentError{
				Index: i - 1, Function: "addmsg", Message: "type '" + s.Type(i).String() + "' not supported",
			}
		}
		values = append(values, v)
	}
	if err := b.add(values); err != nil {
		return 0, err
	}
	s.PushBoolean(true)
	return 1, nil
}

func (m *module) bufferNextmsg(s backend.State, b *Buffer, a bufferNextmsgArgs) (int, error) {
	var stop chan struct{}
	if a.hasTimeout {
		stop = make(chan struct{})
		timer := time.AfterFunc(duration(a.timeout), func() { close(stop) })
		defer timer.Stop()
	}
	values, err := b.next(stop)
	if err != nil {
		return 0, err
	}
	if !s.Reserve(len(values)) {
		return 0, mtstates.ErrOutOfMemory.With("no room for the message on the stack")
	}
	for _, v := range values {
		s.PushValue(v)
	}
	return len(values), nil
}

func (m *module) bufferMsgcnt(s backend.State, b *Buffer) (int, error) {
	n, err := b.Len()
	s.PushNumber(float64(n))
	return 1, err
}

func (m *module) bufferClear(_ backend.State, b *Buffer) (int, error) { return 0, b.Clear() }

func (m *module) bufferClose(_ backend.State, b *Buffer) (int, error) {
	b.Close()
	return 0, nil
}
