// Package concat has the operator .. for gopher-lua, whose own has no limit and takes quadratic time for long chains.
// Code that repair/rewrite has compiled calls these functions. Only package gopherlua imports it.
//
// When the VM's operator has a limit that a host can set, this package can go.
package concat

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/numerals"
)

// Concat is a .. b .. c of its arguments.
func Concat(l *lua.LState) int {
	n := l.GetTop()
	if n == 2 {
		a, aOK := l.Get(1).(lua.LString)
		b, bOK := l.Get(2).(lua.LString)
		if aOK && bOK {
			adapter.CheckSize(l, len(a)+len(b))
			l.Push(a + b)
			return 1
		}
	}
	l.Push(join(l, n, l.Get))
	return 1
}

// ConcatList is Concat of the n elements of a table.
func ConcatList(l *lua.LState) int {
	t := l.Get(2).(*lua.LTable)
	l.Push(join(l, int(l.Get(1).(lua.LNumber)), t.RawGetInt))
	return 1
}

// maxNumber bounds the length of the numbers that backend.FormatNumber writes.
const maxNumber = 24

// join concatenates the n operands from right to left: as many strings and numbers at once as possible, or two values
// by a metamethod.
func join(l *lua.LState, n int, operand func(int) lua.LValue) lua.LValue {
	right := operand(n)
	for n--; n > 0; {
		size, first := lengthOf(right), n+1 // of what is joined: from first to n, and right
		for size >= 0 && first > 1 {
			length := lengthOf(operand(first - 1))
			if length < 0 {
				break
			}
			size += length
			first--
		}
		if first > n {
			right = joinByMetamethod(l, operand(n), right, n)
			n--
			continue
		}
		adapter.CheckSize(l, size)
		var b strings.Builder
		b.Grow(size)
		for i := first; i <= n; i++ {
			write(&b, operand(i))
		}
		write(&b, right)
		right, n = lua.LString(b.String()), first-1
	}
	return right
}

// lengthOf returns the length of a string or, at most, of a number as text; -1 for other values.
func lengthOf(v lua.LValue) int {
	switch v := v.(type) {
	case lua.LString:
		return len(v)
	case lua.LNumber:
		return maxNumber
	}
	return -1
}

func write(b *strings.Builder, v lua.LValue) {
	switch v := v.(type) {
	case lua.LString:
		b.WriteString(string(v))
	case lua.LNumber:
		if n := int64(v); lua.LNumber(n) == v && n != 0 && -1<<53 <= n && n <= 1<<53 {
			var digits [maxNumber]byte
			b.Write(strconv.AppendInt(digits[:0], n, 10))
			return
		}
		b.WriteString(backend.FormatNumber(float64(v)))
	}
}

// joinByMetamethod joins two operands; place is that of the first.
func joinByMetamethod(l *lua.LState, a, b lua.LValue, place int) lua.LValue {
	f := l.GetMetaField(a, "__concat")
	if f == lua.LNil {
		f = l.GetMetaField(b, "__concat")
	}
	if f == lua.LNil {
		culprit := a
		if lengthOf(a) >= 0 {
			culprit, place = b, place+1
		}
		kind := adapter.TypeNameOf(culprit)
		problem := "attempt to concatenate a " + kind + " value"
		if l.Get(place) == culprit { // an operand, not the result of a metamethod or an element of a list
			problem = messages.Argument(l, "concatenate", kind, place)
		}
		adapter.RaiseValue(l, lua.LString(numerals.CallerPosition(l)+problem))
	}
	l.Push(f)
	l.Push(a)
	l.Push(b)
	l.Call(2, 1)
	result := l.Get(-1)
	l.Pop(1)
	return result
}
