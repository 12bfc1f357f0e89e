package toylua

import "math"

// maxChain is how many __index or __newindex values are followed.
const maxChain = 100

// metaSite is how calls of metamethods name them.
var metaSite = &site{"metamethod", "metamethod"}

func (l *State) metamethod(v Value, event string) Value {
	if meta := l.Metatable(v); meta != nil {
		return meta.Get(event)
	}
	return nil
}

// callMeta calls a metamethod and returns its first result.
func (l *State) callMeta(f Value, args ...Value) Value {
	l.at(metaSite)
	if results := l.call(f, args); len(results) > 0 {
		return results[0]
	}
	return nil
}

// fail raises the error of an operation on a value of the wrong type, which the script calls by a name if it has one.
func (l *State) fail(operation string, v Value, name *site) {
	if name != nil && name.kind != "" && name != metaSite && name != iteratorSite {
		l.raise("attempt to %s %s '%s' (a %s value)", operation, name.kind, name.name, TypeName(v))
	}
	l.raise("attempt to %s a %s value", operation, TypeName(v))
}

// index returns object[key].
func (l *State) index(object, key Value, name *site) Value {
	for range maxChain {
		var next Value
		if t, ok := object.(*Table); ok {
			if v := t.Get(key); v != nil || t.meta == nil {
				return v
			}
			if next = t.meta.Get("__index"); next == nil {
				return nil
			}
		} else if next = l.metamethod(object, "__index"); next == nil {
			l.fail("index", object, name)
		}
		if f, ok := next.(*Function); ok {
			return l.callMeta(f, object, key)
		}
		object = next
	}
	l.raise("loop in gettable")
	return nil
}

// setIndex does object[key] = value.
func (l *State) setIndex(object, key, value Value, name *site) {
	for range maxChain {
		var next Value
		if t, ok := object.(*Table); ok {
			if t.meta == nil || t.Get(key) != nil {
				l.rawSet(t, key, value)
				return
			}
			if next = t.meta.Get("__newindex"); next == nil {
				l.rawSet(t, key, value)
				return
			}
		} else if next = l.metamethod(object, "__newindex"); next == nil {
			l.fail("index", object, name)
		}
		if f, ok := next.(*Function); ok {
			l.callMeta(f, object, key, value)
			return
		}
		object = next
	}
	l.raise("loop in settable")
}

func (l *State) rawSet(t *Table, key, value Value) {
	if n, ok := key.(float64); key == nil {
		l.raise("table index is nil")
	} else if ok && n != n {
		l.raise("table index is NaN")
	}
	t.Set(key, value)
}

// arithmeticEvents are the metamethods of operators.
var arithmeticEvents = map[string]string{
	"+": "__add", "-": "__sub", "*": "__mul", "/": "__div", "%": "__mod", "^": "__pow",
}

// number returns the number that a value is in arithmetic.
func (l *State) number(v Value) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case string:
		if l.Parse != nil {
			return l.Parse(v)
		}
		return ParseNumber(v)
	}
	return 0, false
}

// text returns the string that a value is in a concatenation.
func (l *State) text(v Value) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case float64:
		if l.Format != nil {
			return l.Format(v), true
		}
		return FormatNumber(v), true
	}
	return "", false
}

// arithmetic does a binary operator, or with "-" and the same value twice and event "__unm" the unary one.
func (l *State) arithmetic(operator, event string, a, b Value, names [2]*site) Value {
	x, okX := l.number(a)
	y, okY := l.number(b)
	if okX && okY {
		return l.compute(operator, x, y)
	}
	for _, operand := range []Value{a, b} {
		if f := l.metamethod(operand, event); f != nil {
			return l.callMeta(f, a, b)
		}
	}
	if _, isString := a.(string); okX || isString && !okY {
		l.fail("perform arithmetic on", b, names[1])
	}
	l.fail("perform arithmetic on", a, names[0])
	return nil
}

func (l *State) compute(operator string, x, y float64) Value {
	switch operator {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		return x / y
	case "%":
		return modulo(x, y)
	case "unm":
		return -x
	}
	if l.Power != nil {
		return l.Power(x, y)
	}
	return math.Pow(x, y)
}

func modulo(x, y float64) float64 {
	r := math.Mod(x, y)
	if r != 0 && (r < 0) != (y < 0) {
		r += y
	}
	return r
}

// concat does a .. b.
func (l *State) concat(a, b Value, names [2]*site) Value {
	x, okX := l.text(a)
	y, okY := l.text(b)
	if okX && okY {
		if l.MaxString > 0 && len(x)+len(y) > l.MaxString {
			panic(&Error{Value: "not enough memory", Memory: true})
		}
		return x + y
	}
	for _, operand := range []Value{a, b} {
		if f := l.metamethod(operand, "__concat"); f != nil {
			return l.callMeta(f, a, b)
		}
	}
	if okX {
		l.fail("concatenate", b, names[1])
	}
	l.fail("concatenate", a, names[0])
	return nil
}

// length does #v.
func (l *State) length(v Value, name *site) Value {
	if text, ok := v.(string); ok {
		return float64(len(text))
	}
	if f := l.metamethod(v, "__len"); f != nil {
		return l.callMeta(f, v, v)
	}
	t, ok := v.(*Table)
	if !ok {
		l.fail("get length of", v, name)
	}
	return float64(t.Len())
}

// equal does a == b. Lua 5.2 calls __eq of two tables or two userdata that have the same one.
func (l *State) equal(a, b Value) bool {
	if a == b {
		return true
	}
	switch a.(type) {
	case *Table, *Userdata:
		f, g := l.metamethod(a, "__eq"), l.metamethod(b, "__eq")
		if TypeName(a) == TypeName(b) && f != nil && f == g {
			return Truth(l.callMeta(f, a, b))
		}
	}
	return false
}

// LessThan does a < b.
func (l *State) LessThan(a, b Value) bool { return l.compare(a, b, "__lt") }

// compare does a < b, or a <= b.
func (l *State) compare(a, b Value, event string) bool {
	switch x := a.(type) {
	case float64:
		if y, ok := b.(float64); ok {
			return x < y || x == y && event == "__le"
		}
	case string:
		if y, ok := b.(string); ok {
			return x < y || x == y && event == "__le"
		}
	}
	for _, operand := range []Value{a, b} {
		if f := l.metamethod(operand, event); f != nil {
			return Truth(l.callMeta(f, a, b))
		}
	}
	if event == "__le" { // not (b < a)
		for _, operand := range []Value{b, a} {
			if f := l.metamethod(operand, "__lt"); f != nil {
				return !Truth(l.callMeta(f, b, a))
			}
		}
	}
	left, right := TypeName(a), TypeName(b)
	if left == right {
		l.raise("attempt to compare two %s values", left)
	}
	l.raise("attempt to compare %s with %s", left, right)
	return false
}
