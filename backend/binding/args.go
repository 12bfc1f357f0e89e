package binding

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// Call is a call of a Go function from Lua.
type Call struct {
	VM    backend.VM
	name  *string // in Lua, for messages; a pointer because a Call in more than four registers is passed much slower
	first int     // index of its first argument, behind the object of a method
}

// First returns the index of the first argument.
func (c Call) First() int { return c.first }

// Args reads the arguments of a call from left to right. Its methods expect an argument that must be present, unless
// Opt, OrNil or Leading precede them: a.Opt().IntegerOr(1). They raise "bad argument #n to 'function' (...)" for an
// argument that does not fit.
type Args struct {
	Call
	next    int  // index of the next argument
	absent  bool // the next argument counts as not given
	limited bool // the next argument is at least least
	least   float64
}

// Args returns the arguments of the call.
func (c Call) Args() *Args { return &Args{Call: c, next: c.first} }

// Optional is an argument or a result that may be absent.
type Optional[T any] struct {
	Value   T
	Present bool
}

// Some returns a value that is present.
func Some[T any](value T) Optional[T] { return Optional[T]{value, true} }

// Or returns the value, or other if it is absent.
func (o Optional[T]) Or(other T) T {
	if o.Present {
		return o.Value
	}
	return other
}

// skip lets the next argument count as not given; it takes the place of one on the stack.
func (a *Args) skip() {
	a.absent = true
	a.next++
}

// Opt allows the next argument to be absent or nil.
func (a *Args) Opt() *Args {
	if a.VM.Type(a.next) <= backend.Nil {
		a.skip()
	}
	return a
}

// OrNil allows the next argument to be nil, but not to be absent.
func (a *Args) OrNil() *Args {
	if a.VM.Type(a.next) == backend.Nil {
		a.skip()
	}
	return a
}

// Leading makes Args read the next argument only if it is of one of the types; otherwise the value there is the
// argument after it. With followed it is read only if another argument follows, because one after it must be present.
// If Nil is among the types, nil is read and counts as absent.
func (a *Args) Leading(followed bool, types ...backend.Type) *Args {
	got := a.VM.Type(a.next)
	if followed && a.VM.GetTop() <= a.next {
		a.absent = true
		return a
	}
	for _, t := range types {
		if t == got {
			return a.orNil(got)
		}
	}
	a.absent = true
	return a
}

func (a *Args) orNil(got backend.Type) *Args {
	if got == backend.Nil {
		a.skip()
	}
	return a
}

// AtLeast sets a minimum for the next argument, a number.
func (a *Args) AtLeast(least float64) *Args {
	a.limited, a.least = true, least
	return a
}

// Rest returns the index of the first argument that was not read.
func (a *Args) Rest() int { return a.next }

// take returns the place of the next argument on the stack; ok is false when it counts as not given.
func (a *Args) take() (index int, ok bool) {
	if a.absent {
		a.absent, a.limited = false, false
		return 0, false
	}
	index = a.next
	a.next++
	return index, true
}

// checkLimit checks the minimum of the argument that has been taken.
func (a *Args) checkLimit(index int) {
	if a.limited {
		a.limited = false
		arg.AtLeast(a.VM, index, *a.name, a.least)
	}
}

// MaybeString takes a string.
func (a *Args) MaybeString() (o Optional[string]) {
	index, ok := a.take()
	if ok {
		o = Some(arg.String(a.VM, index, *a.name))
	}
	return o
}

// MaybeNumber takes a number.
func (a *Args) MaybeNumber() (o Optional[float64]) {
	index, ok := a.take()
	if ok {
		o = Some(arg.Number(a.VM, index, *a.name))
		a.checkLimit(index)
	}
	return o
}

// MaybeInteger takes a number without a fraction.
func (a *Args) MaybeInteger() (o Optional[int64]) {
	index, ok := a.take()
	if ok {
		o = Some(arg.Integer(a.VM, index, *a.name))
		a.checkLimit(index)
	}
	return o
}

// MaybeBoolean takes a boolean.
func (a *Args) MaybeBoolean() (o Optional[bool]) {
	index, ok := a.take()
	if ok {
		o = Some(arg.Boolean(a.VM, index, *a.name))
	}
	return o
}

// String takes a string, "" when it is not given.
func (a *Args) String() string { return a.MaybeString().Value }

// Number takes a number, 0 when it is not given.
func (a *Args) Number() float64 { return a.MaybeNumber().Value }

// Integer takes a number without a fraction, 0 when it is not given.
func (a *Args) Integer() int64 { return a.MaybeInteger().Value }

// Boolean takes a boolean, false when it is not given.
func (a *Args) Boolean() bool { return a.MaybeBoolean().Value }

// Any takes a value of any type and returns its index, 0 when it is not given.
func (a *Args) Any() int {
	index, ok := a.take()
	if !ok {
		return 0
	}
	return arg.Any(a.VM, index, *a.name)
}

// OneOf takes a value of one of the types and returns its index, 0 when it is not given.
func (a *Args) OneOf(types ...backend.Type) int {
	index, ok := a.take()
	if !ok {
		return 0
	}
	return arg.OneOf(a.VM, index, *a.name, types...)
}

// Union takes a value of one of the types, builtin ones or classes, and returns its index, 0 when it is not given.
func (a *Args) Union(names ...string) int {
	index, ok := a.take()
	if !ok {
		return 0
	}
	return arg.Union(a.VM, index, *a.name, names...)
}

// Object takes an object of a class whose Go values are a T; it returns the zero T when it is not given.
func Object[T any](a *Args, typeName string) (object T) {
	index, ok := a.take()
	if !ok {
		return object
	}
	object, ok = a.VM.ToUserdata(index).(T)
	if !ok {
		got := arg.TypeName(a.VM, index)
		if got == typeName { // library debug gave other userdata the metatable
			got = backend.Userdata.String()
		}
		arg.Bad(a.VM, index, *a.name, typeName+" expected, got "+got)
	}
	return object
}
