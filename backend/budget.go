package backend

import (
	"errors"
	"math"
	"runtime/metrics"
	"sync/atomic"
)

// ErrTooManyInstructions is the cause of a call that has used up Options.MaxInstructions.
var ErrTooManyInstructions = errors.New("too many instructions")

// Sized is a Go value in a userdata that holds memory which Options.MaxMemory does not see otherwise.
type Sized interface {
	// MemoryBytes returns about how many bytes the value holds. It is called by the goroutine that runs the VM.
	MemoryBytes() int
}

// Measurer is a VM that can say what it uses. All of this module do.
type Measurer interface {
	// MeasureMemory returns about how many bytes the values of the VM hold. It visits all of them. ok is false when the
	// version of the VM does not let itself be measured.
	MeasureMemory() (bytes int, ok bool)
}

// Budget is what the code in a VM may use. A VM has one, which its coroutines share; a nil Budget has no limits. Adapters
// make it and ask it: they count the instructions of their VM, and call Look when Next says so. Like the VM, it is used by
// one goroutine at a time.
//
// # Memory
//
// The Go heap belongs to all states. So a Budget reads what the process has allocated, which costs less than a
// microsecond: a state can have grown at most by that. Only when this exceeds what the state has left, the state is
// measured, by a walk over all that it reaches. A state near its limit may grow by an eighth of it unseen, and by a quarter
// more when most of what was allocated last was garbage, so that it is not measured all the time.
//
// While a state is over its limit, each look is an error, which a script may catch. When the state is over it by half, or
// has failed many times without freeing much, each instruction is one, until the call ends: a loop around pcall could go
// on forever otherwise.
type Budget struct {
	maxMemory, maxInstructions int

	ran   int   // instructions of the present call
	due   int   // when so many have run, Look must be called
	look  int   // when so many have run, what the process has allocated is looked at
	ended error // what each instruction raises until the call ends

	// Hurry, if it is not nil, lets Look be called before the next instruction.
	Hurry func()
	// Report, if it is not nil, gets the size of the state each time that it is measured.
	Report *atomic.Int64
	// Registers is how many values the stack of the running coroutine has room for. An instruction can make a list of all.
	Registers int

	fits     func(n int) bool // whether n bytes more are within the limit, of a VM that counts by itself; else nil
	measure  func() int       // the bytes that the VM reaches
	walks    int
	size     int // by the last walk
	base     int // what the process had allocated then
	room     int // what the process may allocate before the next walk
	failed   int // how often the state was too large since it was last below half of its limit
	reserved int // what was asked for since the process was last looked at
	sample   [1]metrics.Sample
}

const (
	lookInterval = 1000     // instructions between two looks at what the process has allocated
	smallBytes   = 1 << 10  // what is below is not asked for
	largeBytes   = 64 << 10 // what may be asked for between two looks
	maxFailed    = 20
	valueBytes   = 16
	never        = 1 << 30 // how many instructions may run when nothing must look at them
)

// NewBudget returns the Budget for a VM with such options, nil when they have no limits. measure returns about how many
// bytes the values of the VM hold.
func NewBudget(o Options, measure func() int) *Budget {
	if o.MaxMemory == 0 && o.MaxInstructions == 0 {
		return nil
	}
	b := &Budget{maxMemory: o.MaxMemory, maxInstructions: o.MaxInstructions, measure: measure}
	if b.maxInstructions == 0 {
		b.maxInstructions = math.MaxInt
	}
	b.sample[0].Name = "/gc/heap/allocs:bytes"
	if b.maxMemory > 0 {
		b.base, b.room = b.allocated(), b.maxMemory/8
	}
	b.Begin()
	return b
}

// NewCountedBudget returns the Budget for a VM whose allocator and loop keep the limits. Library functions only ask it
// before they make something large: fits reports whether n bytes more are within the limit of memory.
func NewCountedBudget(fits func(n int) bool) *Budget { return &Budget{fits: fits} }

// Begin starts a call that is not made inside of another one.
func (b *Budget) Begin() {
	b.look = max(1, b.look-b.ran) // also many short calls must be looked at
	b.ran, b.failed, b.ended = 0, 0, nil
	b.setDue()
}

func (b *Budget) setDue() {
	b.due = b.maxInstructions
	if b.maxMemory > 0 {
		b.due = min(b.due, b.look)
	}
}

// schedule lets the next look be some instructions later.
func (b *Budget) schedule() {
	b.look = b.ran + max(1, min(lookInterval, b.maxMemory/8/(valueBytes*(b.Registers+1))))
	b.setDue()
}

// Ran counts n instructions that have run.
func (b *Budget) Ran(n int) {
	if b != nil {
		b.ran += n
	}
}

// Next returns how many instructions may run before Look must be called.
func (b *Budget) Next() int {
	if b == nil {
		return never
	}
	return max(1, min(b.due-b.ran, never))
}

// Look returns the error to raise instead of the instruction that is about to run: ErrOutOfMemory,
// ErrTooManyInstructions, or nil.
func (b *Budget) Look() error {
	switch {
	case b == nil:
		return nil
	case b.ended != nil:
		return b.ended
	case b.ran >= b.maxInstructions:
		return b.end(ErrTooManyInstructions)
	case b.ran < b.due:
		return nil
	}
	b.schedule()
	if b.maxMemory > 0 && !b.allows(0) {
		return ErrOutOfMemory
	}
	return nil
}

// end makes an error the one of each instruction until the call ends.
func (b *Budget) end(err error) error {
	b.ended, b.due = err, b.ran
	return err
}

// Reserve reports whether a library function, or an instruction, may allocate n bytes at once.
func (b *Budget) Reserve(n int) bool {
	if b != nil && b.fits != nil {
		return n < smallBytes || b.fits(n)
	}
	if b == nil || n < smallBytes || b.maxMemory == 0 {
		return true
	}
	if n > b.maxMemory {
		return false
	}
	if b.reserved += n; b.reserved < largeBytes {
		return true
	}
	b.reserved = 0
	if b.Hurry != nil {
		b.Hurry()
	}
	return b.allows(n)
}

// allows reports whether the state is within its limit with n bytes more.
func (b *Budget) allows(n int) bool {
	if n+b.allocated()-b.base <= b.room {
		return true
	}
	b.walk()
	if b.size < b.maxMemory/2 {
		b.failed = 0
	}
	if b.size+n <= b.maxMemory {
		return true
	}
	if b.failed++; b.failed > maxFailed || b.size > b.maxMemory+b.maxMemory/2 {
		_ = b.end(ErrOutOfMemory)
	}
	return false
}

// walk measures the state, and sets what the process may allocate before it is measured again.
func (b *Budget) walk() {
	b.walks++
	before, allocated := b.size, b.allocated()-b.base
	b.size = b.measure()
	if b.Report != nil {
		b.Report.Store(int64(b.size))
	}
	b.base = b.allocated()
	if b.size > b.maxMemory {
		b.room = 0
		return
	}
	b.room = max(b.maxMemory/8, b.maxMemory-b.size)
	if b.walks > 1 { // as much of what will be allocated may be garbage, or other states', as it was before
		grown := max(b.size-before, 1)
		scaled := float64(b.room) * float64(allocated+1) / float64(grown)
		b.room = int(min(scaled, float64(b.room+b.maxMemory/4)))
	}
}

// allocated returns what the process has ever allocated, freed or not.
func (b *Budget) allocated() int {
	metrics.Read(b.sample[:])
	return int(b.sample[0].Value.Uint64())
}
