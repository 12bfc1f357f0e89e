package gopherlua

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The functions that stand for concatenations (rewrite.go). They are constants of the code, shared by all states.
var (
	concatFunction     *lua.LFunction
	concatListFunction *lua.LFunction
)

// concat is a .. b .. c of its arguments.
func concat(l *lua.LState) int {
	n := l.GetTop()
	if n == 2 {
		a, aOK := l.Get(1).(lua.LString)
		b, bOK := l.Get(2).(lua.LString)
		if aOK && bOK {
			checkSize(l, len(a)+len(b))
			l.Push(a + b)
			return 1
		}
	}
	l.Push(join(l, n, l.Get))
	return 1
}

// concatList is concat of the n elements of a table.
func concatList(l *lua.LState) int {
	t := l.Get(2).(*lua.LTable)
	l.Push(join(l, int(l.Get(1).(lua.LNumber)), t.RawGetInt))
	return 1
}

// maxNumber is the length of the longest number that backend.FormatNumber writes, or more.
const maxNumber = 24

// join concatenates the n operands from right to left: as many strings and numbers at once as there are, or two values
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
			right = joinByMetamethod(l, operand(n), right)
			n--
			continue
		}
		checkSize(l, size)
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

func joinByMetamethod(l *lua.LState, a, b lua.LValue) lua.LValue {
	f := l.GetMetaField(a, "__concat")
	if f == lua.LNil {
		f = l.GetMetaField(b, "__concat")
	}
	if f == lua.LNil {
		culprit := a
		if lengthOf(a) >= 0 {
			culprit = b
		}
		l.Push(culprit)
		raiseValue(l, lua.LString(callerPosition(l)+"attempt to concatenate a "+typeOf(l, -1).String()+" value"))
	}
	l.Push(f)
	l.Push(a)
	l.Push(b)
	l.Call(2, 1)
	result := l.Get(-1)
	l.Pop(1)
	return result
}

// checkSize raises when a string of that size is too long for the state.
func checkSize(l *lua.LState, size int) {
	if size > envOf(l).MaxString {
		outOfMemory(l)
	}
}
