package stdlib

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// tableSort is table.sort(list [, less]).
func tableSort(s backend.VM) int {
	checkTable(s, "sort")
	n := backend.Len(s, 1)
	if s.Type(2) > backend.Nil {
		arg.OneOf(s, 2, "sort", backend.FunctionType)
	} else if sortPlain(s, n) {
		return 0
	}
	s.SetTop(2)
	l := list{s, n, s.Type(2) == backend.FunctionType}
	sort.Sort(l)
	l.checkOrder()
	return 0
}

// sortPlain sorts n values if all are numbers or all are strings, and reports whether it did. Go does this faster and
// with the same result, because equal values cannot be distinguished.
func sortPlain(s backend.VM, n int) bool {
	if n < 2 {
		return true
	}
	top := s.GetTop()
	s.RawGetI(1, 1)
	kind := s.Type(-1)
	s.SetTop(top)
	switch kind {
	case backend.Number:
		return sortValues(s, n, backend.VM.ToNumber, backend.VM.PushNumber, kind)
	case backend.String:
		return sortValues(s, n, backend.VM.ToString, backend.VM.PushString, kind)
	}
	return false
}

func sortValues[T cmp.Ordered](s backend.VM, n int, read func(backend.VM, int) (T, bool), push func(backend.VM, T),
	kind backend.Type) bool {
	top := s.GetTop()
	s.Env().Reserve(min(n, s.RawLen(1)) * 2 * slotBytes)
	values := make([]T, 0, min(n, 1024)) // n may be an invention of __len
	for i := 1; i <= n; i++ {
		pollAt(s, i, elementsPerPoll)
		s.RawGetI(1, i)
		v, _ := read(s, -1)
		if s.Type(-1) != kind || v != v {
			s.SetTop(top)
			return false
		}
		s.SetTop(top)
		values = append(values, v)
	}
	if n < elementsPerPoll {
		slices.Sort(values)
	} else {
		compared := 0
		slices.SortFunc(values, func(a, b T) int {
			compared++
			pollAt(s, compared, elementsPerPoll)
			return cmp.Compare(a, b)
		})
	}
	for i, v := range values {
		push(s, v)
		s.RawSetI(1, i+1)
	}
	return true
}

// list has the elements of the table at index 1, for package sort. They are exchanged in place, so the table still has
// all of them when an order function raises an error.
type list struct {
	s        backend.VM
	n        int
	function bool // an order function is at index 2
}

func (l list) Len() int { return l.n }

func (l list) Less(i, j int) bool {
	s := l.s
	top := s.GetTop()
	if l.function {
		s.PushValue(2)
	}
	s.RawGetI(1, i+1)
	s.RawGetI(1, j+1)
	if !l.function {
		less := lessThan(s, -2, -1)
		s.SetTop(top)
		return less
	}
	s.Call(2, 1)
	less := s.ToBoolean(-1)
	s.SetTop(top)
	return less
}

func (l list) Swap(i, j int) {
	l.s.RawGetI(1, i+1)
	l.s.RawGetI(1, j+1)
	l.s.RawSetI(1, i+1)
	l.s.RawSetI(1, j+1)
}

// checkOrder raises an error if an element is less than the one before it, which happens with an order function that
// contradicts itself. Like Lua, it accepts any result for up to three elements.
func (l list) checkOrder() {
	if l.n <= 3 {
		return
	}
	for i := 1; i < l.n; i++ {
		if l.Less(i, i-1) {
			raise(l.s, "invalid order function for sorting")
		}
	}
}

// lessThan is VM.LessThan with Lua's message for values without an order.
func lessThan(s backend.VM, a, b int) bool {
	left, right := s.Type(a), s.Type(b)
	plain := left == right && (left == backend.Number || left == backend.String)
	if !plain && !hasOrder(s, a) && !hasOrder(s, b) {
		if left == right {
			raise(s, fmt.Sprintf("attempt to compare two %s values", left))
		}
		raise(s, fmt.Sprintf("attempt to compare %s with %s", left, right))
	}
	return s.LessThan(a, b)
}

// hasOrder reports whether the value at index has the metamethod __lt.
func hasOrder(s backend.VM, index int) bool {
	if !s.GetMetatable(index) {
		return false
	}
	s.RawGetField(-1, "__lt")
	has := s.Type(-1) != backend.Nil
	s.SetTop(s.GetTop() - 2)
	return has
}
