package coroutine

import (
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

const (
	extraStack = 5                // free slots at the end of a stack
	firstSize  = 2 * lua.MinStack // of a stack
)

// Coroutine is a thread of a VM other than the main thread.
type Coroutine struct {
	vm      lua.State // the first field: its address is the coroutine's
	adapter *Adapter
	status  Status
	parent  *lua.State // that has resumed it, nil unless it is active
	values  int        // how many it has yielded: they are on the top of its stack
	nested  int        // how many calls of Go functions there are below its own
	// metamethods is how many of them have begun and not ended, which the VM counts as well.
	metamethods int
	looping     bool          // whether the VM's loop has been called for it, and not a Go function
	vehicle     *layout.Frame // of the function that serves to enter the VM's loop
	entry       entry
	exit        exit
}

// Adapter is what the package needs to know of package golua.
type Adapter struct {
	// Bottom are the values below all others in the stack of a thread, from slot 1 on. The VM finds message handlers by
	// their slots.
	Bottom []any
	// Handler is the slot of the message handler that is called outside of all protected calls.
	Handler int
	// LuaError returns the Lua error that a recovered panic was, or becomes. The error value is on the top.
	LuaError func(t *lua.State, e any) error
	// Handle lets the message handler of a protected call see an error where it was raised. The error value is on the top;
	// the result of the handler takes its place.
	Handle func(t *lua.State, handler any, err error) error
	// Returned is called before a Go function returns that was suspended. Its results are on the top.
	Returned func(t *lua.State)
}

// Status is what a coroutine does.
type Status int

// The statuses of a coroutine.
const (
	Suspended Status = iota
	Active           // it runs, or waits for a coroutine that it has resumed
	Dead
)

// New pops a function and returns a coroutine that will run it. It has no hooks.
func New(l *lua.State, adapter *Adapter) *Coroutine {
	c := &Coroutine{adapter: adapter}
	from, s := layout.StateOf(l), layout.StateOf(&c.vm)
	s.Global = from.Global
	s.AllowHook = true
	s.Stack = make([]any, firstSize)
	s.StackLast = firstSize - extraStack
	s.Top = 1 + copy(s.Stack[1:], adapter.Bottom)
	s.ErrorFunction = adapter.Handler
	s.BaseCallInfo.Top = s.Top + lua.MinStack
	s.BaseCallInfo.LuaCallInfo = &layout.LuaFrame{Frame: s.Stack[:s.BaseCallInfo.Top]}
	s.CallInfo = &s.BaseCallInfo
	s.ProtectFunction = protection
	move(l, &c.vm, 1)
	return c
}

// ShareHook gives the coroutine the VM's hook of l.
func (c *Coroutine) ShareHook(l *lua.State) {
	from, s := layout.StateOf(l), layout.StateOf(&c.vm)
	s.Hooker, s.HookMask, s.InternalHook = from.Hooker, from.HookMask, from.InternalHook
	s.BaseHookCount, s.HookCount = from.BaseHookCount, from.BaseHookCount
}

// protection is what the VM looks at to see that panics are recovered. Nothing calls it.
var protection = func() {}

// Of returns the coroutine that t is, nil for the main thread of a VM.
func Of(t *lua.State) *Coroutine {
	if layout.StateOf(t).Global.MainThread == layout.StateOf(t) {
		return nil
	}
	return (*Coroutine)(unsafe.Pointer(t))
}

// Thread returns the coroutine as the VM has it.
func (c *Coroutine) Thread() *lua.State { return &c.vm }

// Status returns what the coroutine does.
func (c *Coroutine) Status() Status { return c.status }

// Parent returns the thread that has resumed the coroutine, nil unless it is active.
func (c *Coroutine) Parent() *lua.State { return c.parent }

// move moves the n values on the top of one thread to another, which must have room. They stand on the stacks as they are:
// the VM shows some of them in no other way.
func move(from, to *lua.State, n int) {
	f, t := layout.StateOf(from), layout.StateOf(to)
	values := f.Stack[f.Top-n : f.Top]
	copy(t.Stack[t.Top:t.Top+n], values)
	clear(values) // the stack would keep them alive
	f.Top -= n
	t.Top += n
}

// maxScrubbed bounds what scrubbing costs in a stack that was deep once.
const maxScrubbed = 256

// scrub clears slots above the top. What is dead there would live as long as the thread.
func scrub(s *layout.State) { clear(s.Stack[s.Top:min(len(s.Stack), s.Top+maxScrubbed)]) }
