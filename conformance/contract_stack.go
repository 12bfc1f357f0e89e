package conformance

import (
	"github.com/mtstates/go-mtstates/backend"
)

var stackContract = []goCase{
	onVM("GetTop", func(t *recorder, s backend.VM) {
		equal(t, s.GetTop(), 0)
		s.PushNil()
		equal(t, s.GetTop(), 1)
	}),
	onVM("SetTop", func(t *recorder, s backend.VM) {
		s.PushNumber(1)
		s.SetTop(3)
		equal(t, s.Type(3), backend.Nil)
		s.SetTop(1)
		equal(t, text(s, -1), "1")
		equal(t, s.Type(2), backend.None)
	}),
	onVM("CheckStack", func(t *recorder, s backend.VM) {
		equal(t, s.CheckStack(10000), true)
		for range 10000 {
			s.PushNumber(1)
		}
		equal(t, s.GetTop(), 10000)
		s.SetTop(0)
		equal(t, s.CheckStack(1<<30), false)
		equal(t, s.GetTop(), 0)
		push(t, s, "return 'usable'")
		equal(t, text(s, -1), "usable")
	}),
	onVM("PushValue", func(t *recorder, s backend.VM) {
		s.PushString("a")
		s.PushString("b")
		s.PushValue(1)
		s.PushValue(-2)
		equal(t, text(s, 3)+text(s, 4), "ab")
	}),
	onVM("Insert", func(t *recorder, s backend.VM) {
		for _, v := range []string{"a", "b", "c"} {
			s.PushString(v)
		}
		s.Insert(1)
		equal(t, text(s, 1)+text(s, 2)+text(s, 3), "cab")
		equal(t, s.GetTop(), 3)
	}),
	onVM("Remove", func(t *recorder, s backend.VM) {
		for _, v := range []string{"a", "b", "c"} {
			s.PushString(v)
		}
		s.Remove(1)
		equal(t, text(s, 1)+text(s, 2), "bc")
		equal(t, s.GetTop(), 2)
	}),
}
