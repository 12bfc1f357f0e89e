package stdlib

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// slotBytes is what a value takes on the stack and in a list.
const slotBytes = 16

// maxUnpack bounds the values that unpack may be asked for; most stacks hold fewer.
const maxUnpack = 1 << 24

func checkTable(s backend.VM, function string) {
	arg.OneOf(s, 1, function, backend.Table)
}

// maxMoved bounds the length of lists of which __len claims elements that do not exist. Moving those would take
// unlimited time, and a Go function cannot be stopped from outside.
const maxMoved = 1 << 20

// movableLength returns the length of the list at index 1, whose elements are about to be moved.
func movableLength(s backend.VM, function string) int {
	n := backend.Len(s, 1)
	if n > maxMoved && n > s.RawLen(1) {
		arg.Bad(s, 1, function, "array too big")
	}
	return n
}

// tableConcat is table.concat(list [, separator [, i [, j]]]).
func tableConcat(s backend.VM) int {
	checkTable(s, "concat")
	separator, from := optText(s, 2, "concat", ""), optInteger(s, 3, "concat", 1)
	var to int
	if s.Type(4) <= backend.Nil {
		to = backend.Len(s, 1)
	} else {
		to = integer(s, 4, "concat")
	}
	b := newBuffer(s)
	top := s.GetTop()
	for i := from; i <= to; i++ {
		pollAt(s, i, elementsPerPoll)
		s.RawGetI(1, i)
		t, ok := arg.Text(s, -1)
		if !ok {
			return raise(s, fmt.Sprintf("invalid value (%s) at index %d in table for 'concat'", s.Type(-1), i))
		}
		s.SetTop(top)
		if i > from {
			b.add(s, separator)
		}
		b.add(s, t)
	}
	b.push(s)
	return 1
}

// tableInsert is table.insert(list, [position,] value).
func tableInsert(s backend.VM) int {
	checkTable(s, "insert")
	behind := movableLength(s, "insert") + 1
	switch s.GetTop() {
	case 2:
		s.RawSetI(1, behind)
	case 3:
		at := integer(s, 2, "insert")
		if at < 1 || at > behind {
			return arg.Bad(s, 2, "insert", "position out of bounds")
		}
		for i := behind; i > at; i-- {
			s.RawGetI(1, i-1)
			s.RawSetI(1, i)
		}
		s.RawSetI(1, at)
	default:
		return raise(s, "wrong number of arguments to 'insert'")
	}
	return 0
}

// tableRemove is table.remove(list [, position]).
func tableRemove(s backend.VM) int {
	checkTable(s, "remove")
	size := movableLength(s, "remove")
	at := optInteger(s, 2, "remove", size)
	if at != size && (at < 1 || at > size+1) {
		return arg.Bad(s, 1, "remove", "position out of bounds") // Lua says 1, too
	}
	s.RawGetI(1, at)
	for ; at < size; at++ {
		s.RawGetI(1, at+1)
		s.RawSetI(1, at)
	}
	s.PushNil()
	s.RawSetI(1, at)
	return 1
}

// tableUnpack is table.unpack(list [, i [, j]]), and unpack.
func tableUnpack(s backend.VM) int {
	checkTable(s, "unpack")
	from := optInteger(s, 2, "unpack", 1)
	var to int
	if s.Type(3) <= backend.Nil {
		to = backend.Len(s, 1)
	} else {
		to = integer(s, 3, "unpack")
	}
	if from > to {
		return 0
	}
	n := to - from + 1
	if n > maxUnpack {
		return raise(s, "too many results to unpack")
	}
	s.Env().Reserve(n * slotBytes)
	if !s.CheckStack(n) {
		return raise(s, "too many results to unpack")
	}
	for i := from; i <= to; i++ {
		s.RawGetI(1, i)
	}
	return n
}

// tablePack is table.pack(...).
func tablePack(s backend.VM) int {
	n := s.GetTop()
	s.Env().Reserve(n * slotBytes)
	s.CreateTable(0, 0)
	backend.Insert(s, 1)
	for i := n; i >= 1; i-- {
		s.RawSetI(1, i)
	}
	s.PushNumber(float64(n))
	s.RawSetField(1, "n")
	return 1
}

// tableMaxn is table.maxn(table): the largest positive number among the keys.
func tableMaxn(s backend.VM) int {
	checkTable(s, "maxn")
	largest := 0.0
	for s.PushNil(); s.Next(1); s.SetTop(s.GetTop() - 1) {
		if s.Type(-2) == backend.Number {
			if n, _ := s.ToNumber(-2); n > largest {
				largest = n
			}
		}
	}
	s.PushNumber(largest)
	return 1
}
