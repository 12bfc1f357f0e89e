package instructions

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

func concat(e *engine, i code) (operation, code) {
	operands := e.frame[i.B() : i.C()+1]
	if len(operands) == 2 {
		if a, ok := operands[0].(string); ok {
			if b, ok := operands[1].(string); ok {
				VM.CheckSize(e.l.VM(), len(a)+len(b))
				return e.result(i.A(), a+b)
			}
		}
	}
	return e.concatAll(i, operands)
}

// concatAll joins values from the last one on, which is how metamethods come to see them.
func (e *engine) concatAll(i code, operands []any) (operation, code) {
	last := operands[len(operands)-1]
	for n := len(operands) - 1; n > 0; {
		if first := joinable(operands[:n], last); first < n {
			last = e.join(operands[first:n], last)
			n = first
			continue
		}
		left := operands[n-1]
		m := e.metamethodOf(left, last, "__concat")
		switch {
		case m == nil && isText(left):
			return e.failConcat(last, i.B()+n, n == len(operands)-1)
		case m == nil:
			return e.failConcat(left, i.B()+n-1, true)
		case n == 1:
			return e.call2(m, left, last)
		}
		rest := &layout.Table{Array: append([]any(nil), operands[:n-1]...), Hash: map[any]any{}}
		return e.help("concat", m, left, last, rest.Value())
	}
	return e.result(i.A(), last)
}

func isText(v any) bool {
	switch v.(type) {
	case string, float64:
		return true
	}
	return false
}

// joinable returns the index of the first of the operands from which on they, and last, are strings and numbers.
func joinable(operands []any, last any) int {
	first := len(operands)
	if !isText(last) {
		return first
	}
	for first > 0 && isText(operands[first-1]) {
		first--
	}
	return first
}

// join returns the concatenation of strings and numbers.
func (e *engine) join(operands []any, last any) string {
	texts := make([]string, 0, 16)
	size := 0
	for k := range len(operands) + 1 {
		v := last
		if k < len(operands) {
			v = operands[k]
		}
		text, ok := v.(string)
		if !ok {
			text = backend.FormatNumber(v.(float64))
		}
		texts = append(texts, text)
		size += len(text)
	}
	VM.CheckSize(e.l.VM(), size)
	return strings.Join(texts, "")
}
