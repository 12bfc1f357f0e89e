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
	onVM("Rotate", func(t *recorder, s backend.VM) {
		for _, test := range []struct {
			index, n int
			want     string
		}{{1, 1, "dabc"}, {1, 2, "cdab"}, {2, 1, "adbc"}, {4, 1, "abcd"}, {1, -1, "bcda"}, {3, -1, "abdc"}, {2, 0, "abcd"}} {
			for _, value := range []string{"a", "b", "c", "d"} {
				s.PushString(value)
			}
			s.Rotate(test.index, test.n)
			equal(t, text(s, 1)+text(s, 2)+text(s, 3)+text(s, 4), test.want)
			equal(t, s.GetTop(), 4)
			s.SetTop(0)
		}
	}),
	onVMFor("Rotate/Insert", "Rotate", func(t *recorder, s backend.VM) {
		for _, v := range []string{"a", "b", "c"} {
			s.PushString(v)
		}
		backend.Insert(s, 1)
		equal(t, text(s, 1)+text(s, 2)+text(s, 3), "cab")
		equal(t, s.GetTop(), 3)
	}),
	onVMFor("Rotate/Remove", "Rotate", func(t *recorder, s backend.VM) {
		for _, v := range []string{"a", "b", "c"} {
			s.PushString(v)
		}
		backend.Remove(s, 1)
		equal(t, text(s, 1)+text(s, 2), "bc")
		equal(t, s.GetTop(), 2)
	}),
}
