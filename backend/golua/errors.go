package golua

import (
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// raised is the panic value for an error of any type: the VM's protection recovers every panic whose value is a Go
// error, and then takes whatever is topmost on the stack for the error value. The VM's own Error only accepts strings.
type raised struct {
	outOfMemory bool
	interrupted bool              // by a hook; the VM calls no hooks until a protected call has dropped its frames
	traceback   backend.Traceback // of the raise, for protected calls of the host
	cause       error             // with which a Go function panicked
	value       any               // in a state of the host's own, which sees the error: what was raised
}

// withTraceback returns r for a protected call of the host.
func (r raised) withTraceback(traceback backend.Traceback) *raised {
	r.traceback = traceback
	return &r
}

// Error returns the text of the error value. A program that runs a state of its own gets it from its calls into Lua.
func (r *raised) Error() string {
	switch v := r.value.(type) {
	case nil:
		return "lua error"
	case string, error:
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("lua error (error object is a %T)", r.value)
}

// Unwrap returns the Go error that was raised, so that errors.Is and errors.As find it.
func (r *raised) Unwrap() error {
	if err, ok := r.value.(error); ok {
		return err
	}
	return r.cause
}

var (
	ordinary    = &raised{}
	exceeded    = &raised{outOfMemory: true}
	interrupted = &raised{interrupted: true}
)

const (
	overflowMessage = messages.Overflow
)

// raise raises the value on the top of the stack.
func raise(l *lua.State) int { panic(traced(l, ordinary)) }

// raiseMark is the message that tells a handler that the raised value may not be a string. The VM's Error passes the
// message to the handler of the enclosing protected call; without a handler, it raises the message.
const raiseMark = "\x00raise"

// traced returns the error to panic with for r and the value on the top, with the traceback if the enclosing protected
// call is one of the host.
func traced(l *lua.State, r *raised) (err error) {
	if !dataOf(l).own {
		shown := *r
		if shown.value = toUserdata(l, -1); shown.value == nil {
			shown.value, _ = l.ToValue(-1).(string)
		}
		return &shown
	}
	if tracebacks.Repair.On() {
		if tracebacks.Handler(l) == tracingValue {
			return r.withTraceback(tracebacks.Capture(l, 0))
		}
		return r
	}
	defer func() {
		if noted, ok := recover().(*raised); ok {
			l.Pop(2) // the handler and the mark
			err = r.withTraceback(noted.traceback)
			return
		}
		l.Pop(1)
		err = r
	}()
	l.PushString(raiseMark)
	l.Error()
	return r
}

// trace is the message handler of the host's protected calls.
func trace(l *lua.State) int {
	text, _ := l.ToValue(1).(string)
	if text != raiseMark {
		l.PushString(luaMessage(l, text))
	}
	panic(&raised{outOfMemory: isOverflow(text), traceback: stackOf(l, 0)})
}

// repairMessage is the message handler of scripts' protected calls.
func repairMessage(l *lua.State) int {
	if text, _ := l.ToValue(1).(string); text != raiseMark {
		l.PushString(luaMessage(l, text))
	}
	return 1
}

// raiseText raises a message that begins with the position of the function that called the running one.
func raiseText(l *lua.State, message string) int {
	return raiseAt(l, 1, message)
}

// raiseAt raises a message that begins with the position of the function at a level.
func raiseAt(l *lua.State, level int, message string) int {
	position := where(l, level)
	checkSize(l, len(position)+len(message))
	l.PushString(position + message)
	return raise(l)
}

// raiseOverflow raises the error that too many calls are nested.
func raiseOverflow(l *lua.State) {
	l.PushString(where(l, 0) + overflowMessage)
	panic(traced(l, exceeded))
}

func pushFunction(l *lua.State, f backend.Function) { l.PushGoFunction(goFunction(f)) }

func pushClosure(l *lua.State, f backend.Function, n int) { l.PushGoClosure(goFunction(f), uint8(n)) }

// goFunction returns f as a function of the VM, with its Go panics contained.
func goFunction(f backend.Function) lua.Function {
	return func(l *lua.State) (results int) {
		pollWeak(l)
		returned := false
		defer func() {
			if returned || yielding(l) { // checking for a panic costs more than this
				return
			}
			if e := recover(); e != nil {
				panic(luaError(l, e))
			}
		}()
		if debughook.Used() {
			results = hooked(l, f)
		} else {
			results = f(state{l})
		}
		returned = true
		return results
	}
}

// contained returns a library function that contains its Go panics and has its name in messages about its arguments.
// name is the name for tracebacks, such as "string.rep".
func contained(name string, f lua.Function) lua.Function {
	return func(l *lua.State) int {
		defer containLibrary(l, name)
		return f(l)
	}
}

func containLibrary(l *lua.State, name string) {
	if yielding(l) {
		return
	}
	e := recover()
	if e == nil {
		return
	}
	if text, ok := e.(lua.RuntimeError); ok {
		if repaired, changed := messages.Argument(l, string(text), name); changed {
			l.PushString(repaired)
			panic(ordinary)
		}
	}
	panic(luaError(l, e))
}

// luaError returns the error to panic with for a recovered value. If that is not a Lua error, its text becomes the
// error value on the top of the stack. Room for it is only certain at the bottom of the running function's part, which
// is lost anyway.
func luaError(l *lua.State, e any) error {
	text, err := "", ordinary
	switch e := e.(type) {
	case *raised:
		return e
	case lua.RuntimeError:
		return e
	case error:
		switch e {
		case lua.ErrorError: // the stack overflowed a second time
			text, err = overflowMessage, exceeded
		case lua.MemoryError, backend.ErrOutOfMemory:
			text, err = backend.ErrOutOfMemory.Error(), exceeded
		default:
			text, err = fmt.Sprint(e), &raised{cause: e}
		}
	default:
		text = fmt.Sprint(e)
	}
	l.SetTop(0)
	l.PushString(text)
	return traced(l, err)
}

// isOutOfMemory reports whether an error says that a limit of the VM was exceeded.
func isOutOfMemory(err error) bool {
	switch err := err.(type) {
	case *raised:
		return err.outOfMemory
	case lua.RuntimeError: // raised by the VM or its libraries: scripts raise with raised
		return isOverflow(string(err))
	}
	return err == lua.ErrorError || err == lua.MemoryError
}

func isOverflow(text string) bool {
	return strings.HasSuffix(text, overflowMessage) || strings.Contains(text, overflowMessage+" (")
}
