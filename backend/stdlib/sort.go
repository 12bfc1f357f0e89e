package stdlib

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// tableSort is table.sort(list [, less]).
func tableSort(s backend.State) int {
	checkTable(s, "sort")
	n := s.Length(1)
	if s.Type(2) > backend.Nil {
		arg.OneOf(s, 2, 2, "sort", backend.FunctionType)
	} else if sortPlain(s, n) {
		return 0
	}
	s.SetTop(2)
	sorter{s, s.Type(2) == backend.FunctionType}.sort(1, n)
	return 0
}

// sortPlain sorts n values when all are numbers, or all are strings, and reports whether it did. Go does it faster, with
// the same result: values that are equal cannot be told apart.
func sortPlain(s backend.State, n int) bool {
	if n < 2 {
		return true
	}
	top := s.Top()
	s.RawIndex(1, 1)
	kind := s.Type(-1)
	s.SetTop(top)
	switch kind {
	case backend.Number:
		return sortValues(s, n, backend.State.ToNumber, backend.State.PushNumber, kind)
	case backend.String:
		return sortValues(s, n, backend.State.ToString, backend.State.PushString, kind)
	}
	return false
}

func sortValues[T cmp.Ordered](s backend.State, n int, read func(backend.State, int) (T, bool), push func(backend.State, T),
	kind backend.Type) bool {
	top := s.Top()
	values := make([]T, 0, min(n, 1024)) // n may be what __len makes up
	for i := 1; i <= n; i++ {
		s.RawIndex(1, i)
		v, _ := read(s, -1)
		if s.Type(-1) != kind || v != v {
			s.SetTop(top)
			return false
		}
		s.SetTop(top)
		values = append(values, v)
	}
	slices.Sort(values)
	for i, v := range values {
		push(s, v)
		s.SetRawIndex(1, i+1)
	}
	return true
}

// sorter is the quicksort of Lua's ltablib.c. It calls the order function for the same values in the same order, gives
// equal values the same places, and notices the same invalid order functions.
type sorter struct {
	s        backend.State
	function bool // is at index 2
}

// sort sorts the elements from low to high. It recurses into the smaller part, so not deeply.
func (o sorter) sort(low, high int) {
	s := o.s
	for low < high {
		middle := low + (high-low)/2
		s.RawIndex(1, low)
		s.RawIndex(1, high)
		o.swapIf(o.less(-1, -2), low, high)
		if high-low == 1 {
			return
		}
		s.RawIndex(1, middle)
		s.RawIndex(1, low)
		if o.less(-2, -1) {
			o.set(middle, low)
		} else {
			s.SetTop(s.Top() - 1)
			s.RawIndex(1, high)
			o.swapIf(o.less(-1, -2), middle, high)
		}
		if high-low == 2 {
			return
		}
		s.RawIndex(1, middle) // the pivot, which stays on the stack
		s.PushCopy(-1)
		s.RawIndex(1, high-1)
		o.set(middle, high-1)
		middle = o.partition(low, high)
		if middle-low < high-middle {
			o.sort(low, middle-1)
			low = middle + 1
		} else {
			o.sort(middle+1, high)
			high = middle - 1
		}
	}
}

// partition puts what is less than the pivot, which is on the top of the stack and in the last place but one, in front
// of the others. It pops the pivot and returns its place.
func (o sorter) partition(low, high int) int {
	s := o.s
	i, j := low, high-1
	for {
		for i++; o.element(i, -1, -2); i++ {
			if i >= high {
				raise(s, "invalid order function for sorting")
			}
			s.SetTop(s.Top() - 1)
		}
		for j--; o.element(j, -3, -1); j-- {
			if j <= low {
				raise(s, "invalid order function for sorting")
			}
			s.SetTop(s.Top() - 1)
		}
		if j < i {
			break
		}
		o.set(i, j)
	}
	s.SetTop(s.Top() - 3)
	s.RawIndex(1, high-1)
	s.RawIndex(1, i)
	o.set(high-1, i)
	return i
}

// element pushes element i and compares two values on the stack.
func (o sorter) element(i, a, b int) bool {
	o.s.RawIndex(1, i)
	return o.less(a, b)
}

// set pops the topmost value into place i, and the next into j.
func (o sorter) set(i, j int) {
	o.s.SetRawIndex(1, i)
	o.s.SetRawIndex(1, j)
}

// swapIf pops the two topmost values, which are those at i and j, into each other's places.
func (o sorter) swapIf(swap bool, i, j int) {
	if swap {
		o.set(i, j)
	} else {
		o.s.SetTop(o.s.Top() - 2)
	}
}

// less compares the values at the negative indexes a and b.
func (o sorter) less(a, b int) bool {
	s := o.s
	if !o.function {
		return lessThan(s, a, b)
	}
	s.PushCopy(2)
	s.PushCopy(a - 1)
	s.PushCopy(b - 2)
	s.Call(2, 1)
	less := s.ToBoolean(-1)
	s.SetTop(s.Top() - 1)
	return less
}

// lessThan is State.LessThan with Lua's message for values without an order.
func lessThan(s backend.State, a, b int) bool {
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
func hasOrder(s backend.State, index int) bool {
	if !s.Metatable(index) {
		return false
	}
	s.RawField(-1, "__lt")
	has := s.Type(-1) != backend.Nil
	s.SetTop(s.Top() - 2)
	return has
}
