package operators

import (
	"math"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// concat is the operator .. over its arguments from the second on.
func concat(l *lua.State) int {
	if last := l.Top(); last == 3 {
		a, ok1 := l.ToValue(2).(string)
		b, ok2 := l.ToValue(3).(string)
		if ok1 && ok2 {
			VM.CheckSize(l, len(a)+len(b))
			l.PushString(a + b)
			return 1
		}
	}
	return concatRest(l)
}

// concatRest concatenates what is left; a metamethod may suspend it.
func concatRest(l *lua.State) int {
	const first = 2
	for l.Top() > first {
		if n := joinable(l, first); n > 1 {
			join(l, n)
		} else {
			concatPair(l)
		}
	}
	return 1
}

// joinable returns how many of the topmost values, down to index first, are strings and numbers.
func joinable(l *lua.State, first int) (n int) {
	for i := l.Top(); i >= first; i-- {
		if t := l.TypeOf(i); t != lua.TypeString && t != lua.TypeNumber {
			break
		}
		n++
	}
	return n
}

// join replaces the n topmost values, which are strings and numbers, by their concatenation.
func join(l *lua.State, n int) {
	size := 0
	from := l.Top() - n + 1
	for i := from; i <= l.Top(); i++ {
		if s, ok := l.ToValue(i).(string); ok {
			size += len(s)
		}
	}
	VM.CheckSize(l, size)
	var b strings.Builder
	b.Grow(size)
	for i := from; i <= l.Top(); i++ {
		switch v := l.ToValue(i).(type) {
		case string:
			b.WriteString(v)
		case float64:
			b.WriteString(backend.FormatNumber(v))
		}
	}
	VM.CheckSize(l, b.Len())
	l.Pop(n)
	l.PushString(b.String())
}

// concatPair replaces the two topmost values by what the metamethod __concat of one makes of them.
func concatPair(l *lua.State) {
	if !lua.MetaField(l, -2, "__concat") && !lua.MetaField(l, -1, "__concat") {
		culprit := l.Top() - 1
		if t := l.TypeOf(-2); t == lua.TypeString || t == lua.TypeNumber {
			culprit++
		}
		VM.RaiseOperand(l, "concatenate", culprit)
	}
	l.Insert(-3)
	l.CallWithContinuation(2, 1, 0, concatRest)
}

// modulo is the operator % over its second and third argument.
func modulo(l *lua.State) int {
	a, ok1 := l.ToValue(2).(float64)
	b, ok2 := l.ToValue(3).(float64)
	if !ok1 || !ok2 {
		return moduloOf(l)
	}
	l.PushNumber(remainder(a, b))
	return 1
}

// moduloOf is modulo for operands that are not both numbers: strings count as numbers, and there are metamethods.
func moduloOf(l *lua.State) int {
	a, ok1 := VM.ToNumber(l, 2)
	b, ok2 := VM.ToNumber(l, 3)
	if ok1 && ok2 {
		l.PushNumber(remainder(a, b))
		return 1
	}
	if !lua.MetaField(l, 2, "__mod") && !lua.MetaField(l, 3, "__mod") {
		if ok1 {
			return VM.RaiseOperand(l, "perform arithmetic on", 3)
		}
		return VM.RaiseOperand(l, "perform arithmetic on", 2)
	}
	l.Insert(2)
	l.CallWithContinuation(2, 1, 0, moduloResult)
	return 1
}

// moduloResult goes on after a metamethod that was suspended.
func moduloResult(*lua.State) int { return 1 }

// remainder is Lua's formula. The conversion keeps the processor from fusing the product with the difference.
func remainder(a, b float64) float64 { return a - float64(math.Floor(a/b)*b) }
