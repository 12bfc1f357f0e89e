package stdlib

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// tableSort is table.sort(list [, less]).
func tableSort(s backend.VM) int {
	checkTable(s, "sort")
	n := backend.Len(s, 1)
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
	values := make([]T, 0, min(n, 1024)) // n may be what __len makes up
	for i := 1; i <= n; i++ {
		s.RawGetI(1, i)
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
		s.RawSetI(1, i+1)
	}
	return true
}

// sorter is the quicksort of Lua's ltablib.c. It calls the order function for the same values in the same order, gives
// equal values the same places, and notices the same invalid order functions.
type sorter struct {
	s        backend.VM
	function bool // is at index 2
}

// sort sorts the elements from low to high. It recurses into the smaller part, so not deeply.
func (o sorter) sort(low, high int) {
	s := o.s
	for low < high {
		middle := low + (high-low)/2
		s.RawGetI(1, low)
		s.RawGetI(1, high)
		o.swapIf(o.less(-1, -2), low, high)
		if high-low == 1 {
			return
		}
		s.RawGetI(1, middle)
		s.RawGetI(1, low)
		if o.less(-2, -1) {
			o.set(middle, low)
		} else {
			s.SetTop(s.GetTop() - 1)
			s.RawGetI(1, high)
			o.swapIf(o.less(-1, -2), middle, high)
		}
		if high-low == 2 {
			return
		}
		s.RawGetI(1, middle) // the pivot, which stays on the stack
		s.PushValue(-1)
		s.RawGetI(1, high-1)
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
			s.SetTop(s.GetTop() - 1)
		}
		for j--; o.element(j, -3, -1); j-- {
			if j <= low {
				raise(s, "invalid order function for sorting")
			}
			s.SetTop(s.GetTop() - 1)
		}
		if j < i {
			break
		}
		o.set(i, j)
	}
	s.SetTop(s.GetTop() - 3)
	s.RawGetI(1, high-1)
	s.RawGetI(1, i)
	o.set(high-1, i)
	return i
}

// element pushes element i and compares two values on the stack.
func (o sorter) element(i, a, b int) bool {
	o.s.RawGetI(1, i)
	return o.less(a, b)
}

// set pops the topmost value into place i, and the next into j.
func (o sorter) set(i, j int) {
	o.s.RawSetI(1, i)
	o.s.RawSetI(1, j)
}

// swapIf pops the two topmost values, which are those at i and j, into each other's places.
func (o sorter) swapIf(swap bool, i, j int) {
	if swap {
		o.set(i, j)
	} else {
		o.s.SetTop(o.s.GetTop() - 2)
	}
}

// less compares the values at the negative indexes a and b.
func (o sorter) less(a, b int) bool {
	s := o.s
	if !o.function {
		return lessThan(s, a, b)
	}
	s.PushValue(2)
	s.PushValue(a - 1)
	s.PushValue(b - 2)
	s.Call(2, 1)
	less := s.ToBoolean(-1)
	s.SetTop(s.GetTop() - 1)
	return less
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
