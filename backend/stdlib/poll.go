package stdlib

import "github.com/mtstates/go-mtstates/backend"

// Library functions that may work long look for an interrupt after so much work, which takes about a millisecond.
const (
	bytesPerPoll    = 1 << 20
	elementsPerPoll = 1 << 16
)

// poll raises the error of an interrupt that is there.
func poll(s backend.VM) {
	if i := s.Env().Interrupt; i.Take() {
		raiseInterrupted(s)
	}
}

// pollAt is poll for a function that has come to an element, or a byte, and looks after every so many.
func pollAt(s backend.VM, i, every int) {
	if i%every == 0 {
		poll(s)
	}
}
