package conformance

import (
	"github.com/mtstates/go-mtstates/backend"
)

var stackContract = []goCase{
	onState("Top", func(t *recorder, s backend.State) {
		equal(t, s.Top(), 0)
		s.PushNil()
		equal(t, s.Top(), 1)
	}),
	onState("SetTop", func(t *recorder, s backend.State) {
		s.PushNumber(1)
		s.SetTop(3)
		equal(t, s.Type(3), backend.Nil)
		s.SetTop(1)
		equal(t, text(s, -1), "1")
		equal(t, s.Type(2), backend.None)
	}),
	onState("Reserve", func(t *recorder, s backend.State) {
		equal(t, s.Reserve(10000), true)
		for range 10000 {
			s.PushNumber(1)
		}
		equal(t, s.Top(), 10000)
		s.SetTop(0)
		equal(t, s.Reserve(1<<30), false)
		equal(t, s.Top(), 0)
		push(t, s, "return 'usable'")
		equal(t, text(s, -1), "usable")
	}),
	onState("PushCopy", func(t *recorder, s backend.State) {
		s.PushString("a")
		s.PushString("b")
		s.PushCopy(1)
		s.PushCopy(-2)
		equal(t, text(s, 3)+text(s, 4), "ab")
	}),
	onState("Insert", func(t *recorder, s backend.State) {
		for _, v := range []string{"a", "b", "c"} {
			s.PushString(v)
		}
		s.Insert(1)
		equal(t, text(s, 1)+text(s, 2)+text(s, 3), "cab")
		equal(t, s.Top(), 3)
	}),
	onState("Remove", func(t *recorder, s backend.State) {
		for _, v := range []string{"a", "b", "c"} {
			s.PushString(v)
		}
		s.Remove(1)
		equal(t, text(s, 1)+text(s, 2), "bc")
		equal(t, s.Top(), 2)
	}),
}
