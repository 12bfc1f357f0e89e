package toylua

import "fmt"

// State is a Lua state. One goroutine at a time uses it.
type State struct {
	Options
	// Host is for the program that runs the state.
	Host              any
	Globals, Registry *Table
	metas             map[string]*Table // of types other than table and userdata
	stack             []Value
	base              int // of the running function's part of the stack
	calls             []call
	held              int // values of the Lua functions that run
	protected         int // calls of Protect that run
}

// Options are what a host may choose. The zero value is what Lua does.
type Options struct {
	// MaxString is the size of the longest string that a concatenation makes, 0 for no limit.
	MaxString int
	// Poll is called at each call and at each turn of a loop. It may raise an error.
	Poll func(*State)
	// Format, Parse and Power replace FormatNumber, ParseNumber and math.Pow.
	Format func(float64) string
	Parse  func(string) (float64, bool)
	Power  func(x, y float64) float64
}

// call is a function that runs.
type call struct {
	function *Function
	line     int   // in a Lua function
	site     *site // what the function that is called says about it
	tail     bool  // called by a tail call
	base     int   // of the caller
	held     int   // by the callers
}

// site is how a call names the function: "global", "local", "method", "field", "upvalue", or what Lua calls it for.
type site struct{ kind, name string }

const (
	maxValues    = 1_000_000
	maxCalls     = 16_000
	maxProtected = 190
)

// NewState returns a state without any library.
func NewState(o Options) *State {
	return &State{Options: o, Globals: NewTable(), Registry: NewTable(), metas: map[string]*Table{}}
}

// Error is a Lua error on its way, as the value of a panic.
type Error struct {
	Value Value
	// Memory says that a limit was exceeded: that of strings, values or calls.
	Memory bool
	// Cause is what a Go function panicked with, when that is an error.
	Cause error
}

// Error returns the text of the value.
func (e *Error) Error() string { return fmt.Sprint(e.Value) }

// GetTop returns the number of values that the running function has on the stack.
func (l *State) GetTop() int { return len(l.stack) - l.base }

// SetTop drops values, or pushes nils.
func (l *State) SetTop(top int) {
	for l.GetTop() < top {
		l.Push(nil)
	}
	l.stack = l.stack[:l.base+top]
}

// CheckStack reports whether n more values fit.
func (l *State) CheckStack(n int) bool { return n < maxValues-len(l.stack)-l.held }

// Push pushes a value.
func (l *State) Push(v Value) { l.stack = append(l.stack, v) }

// Pop takes the topmost value off the stack.
func (l *State) Pop() Value {
	v := l.stack[len(l.stack)-1]
	l.stack = l.stack[:len(l.stack)-1]
	return v
}

// Get returns the value at an index, which counts from the top when it is negative.
func (l *State) Get(index int) Value {
	if v, ok := l.slot(index); ok {
		return *v
	}
	return nil
}

// IsNone reports whether there is no value at an index.
func (l *State) IsNone(index int) bool {
	_, ok := l.slot(index)
	return !ok
}

func (l *State) slot(index int) (*Value, bool) {
	if index < 0 {
		index += l.GetTop() + 1
	}
	if index < 1 || index > l.GetTop() {
		return nil, false
	}
	return &l.stack[l.base+index-1], true
}

// Rotate moves the values from index to the top by n places towards the top.
func (l *State) Rotate(index, n int) {
	part := l.stack[l.base+index-1:]
	rotated := make([]Value, len(part))
	for i, v := range part {
		rotated[(i+n+len(part))%len(part)] = v
	}
	copy(part, rotated)
}

// Scrub clears the memory of the stack beyond its top.
func (l *State) Scrub() {
	clear(l.stack[len(l.stack):cap(l.stack)])
	clear(l.calls[len(l.calls):cap(l.calls)])
}

// Metatable returns the metatable of a value, or nil.
func (l *State) Metatable(v Value) *Table {
	switch v := v.(type) {
	case *Table:
		return v.meta
	case *Userdata:
		return v.meta
	}
	return l.metas[TypeName(v)]
}

// SetMetatable sets the metatable of a value, or that of its type.
func (l *State) SetMetatable(v Value, meta *Table) {
	switch v := v.(type) {
	case *Table:
		v.meta = meta
	case *Userdata:
		v.meta = meta
	case Light:
	default:
		l.metas[TypeName(v)] = meta
	}
}

// Call calls the function below n arguments on the top of the stack and pushes results results, or all of them when that
// is negative.
func (l *State) Call(n, results int) {
	args := make([]Value, n)
	copy(args, l.stack[len(l.stack)-n:])
	f := l.stack[len(l.stack)-n-1]
	l.stack = l.stack[:len(l.stack)-n-1]
	l.at(nil)
	values := l.call(f, args)
	if results >= 0 {
		values = adjust(values, results)
	}
	l.stack = append(l.stack, values...)
}

// adjust returns exactly n values.
func adjust(values []Value, n int) []Value {
	if len(values) >= n {
		return values[:n]
	}
	return append(values[:len(values):len(values)], make([]Value, n-len(values))...)
}

// at says how the running function names the one that it calls.
func (l *State) at(s *site) {
	if n := len(l.calls); n > 0 {
		l.calls[n-1].site = s
	}
}

// enter begins a call of a function with n arguments.
func (l *State) enter(f *Function, n int, tail bool) {
	if len(l.calls) >= maxCalls || !l.CheckStack(n) {
		panic(&Error{Value: l.Where(0) + "stack overflow", Memory: true})
	}
	c := call{function: f, tail: tail, base: l.base, held: l.held}
	if f.Proto != nil {
		c.line = max(f.Proto.Line, 1)
		l.held += n + f.Proto.slots
	}
	l.calls = append(l.calls, c)
	if l.Poll != nil {
		l.Poll(l)
	}
}

func (l *State) leave() {
	n := len(l.calls) - 1
	l.base, l.held = l.calls[n].base, l.calls[n].held
	l.calls = l.calls[:n]
}

// call calls a value. Calls at the end of a function take its place.
func (l *State) call(v Value, args []Value) []Value {
	for tail := false; ; tail = true {
		f, args2 := l.callee(v, args)
		if f.Proto == nil {
			return l.callGo(f, args2, tail)
		}
		l.enter(f, len(args2), tail)
		run := frame{State: l, function: f}
		run.execute(args2)
		l.leave()
		if run.tail == nil {
			return run.results
		}
		v, args = run.tail, run.results
	}
}

// callee returns the function that a call of a value calls, and its arguments.
func (l *State) callee(v Value, args []Value) (*Function, []Value) {
	for range 100 {
		if f, ok := v.(*Function); ok {
			return f, args
		}
		meta := l.metamethod(v, "__call")
		if meta == nil {
			break
		}
		v, args = meta, append([]Value{v}, args...)
	}
	var name *site
	if n := len(l.calls); n > 0 {
		name = l.calls[n-1].site
	}
	l.fail("call", v, name)
	return nil, nil
}

func (l *State) callGo(f *Function, args []Value, tail bool) []Value {
	l.enter(f, len(args), tail)
	l.base = len(l.stack)
	l.stack = append(l.stack, args...)
	n := f.Go(l)
	results := append([]Value(nil), l.stack[len(l.stack)-n:]...)
	l.stack = l.stack[:l.base]
	l.leave()
	return results
}

// Protect runs a function and returns the error that it raised. handle gets the error while the functions that ran are
// still known; the stack is as it was afterwards. A Go panic counts as an error.
func (l *State) Protect(run func(), handle func(*Error)) (raised *Error) {
	if l.protected >= maxProtected {
		raised = &Error{Value: "C stack overflow", Memory: true}
		if handle != nil {
			handle(raised)
		}
		return raised
	}
	calls, stack, base, held := len(l.calls), len(l.stack), l.base, l.held
	done := false
	l.protected++
	defer func() {
		defer func() { l.protected-- }()
		if done {
			return
		}
		raised = toError(recover())
		l.base = len(l.stack)
		if handle != nil {
			handle(raised)
		}
		clear(l.calls[calls:])
		l.calls, l.stack, l.base, l.held = l.calls[:calls], l.stack[:stack], base, held
	}()
	run()
	done = true
	return nil
}

// toError returns the Lua error that a panic stands for.
func toError(panicked any) *Error {
	switch p := panicked.(type) {
	case *Error:
		return p
	case error:
		return &Error{Value: textOf(p), Cause: p}
	case fmt.Stringer, string:
		return &Error{Value: fmt.Sprint(p)}
	}
	return &Error{Value: fmt.Sprintf("%v", panicked)}
}

// textOf returns the text of an error, which may be broken.
func textOf(err error) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprintf("%T", err)
		}
	}()
	return err.Error()
}

// Raise raises a value as an error.
func (l *State) Raise(v Value) { panic(&Error{Value: v}) }

// raise raises a message with the position of the running function.
func (l *State) raise(format string, args ...any) {
	l.Raise(l.Where(0) + fmt.Sprintf(format, args...))
}
