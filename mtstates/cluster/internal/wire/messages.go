package wire

import (
	"encoding/binary"

	"github.com/mtstates/go-mtstates/backend"
)

// Codec encodes and decodes messages.
type Codec struct {
	Refs  References
	Known Sentinels
}

// Request asks for a call.
type Request struct {
	// Number is what the answer has to have, too. It is not 0.
	Number uint64
	// Waits is false if the call is not to wait for its turn.
	Waits bool
	// Deadline is the end of the caller's patience, in microseconds of Unix time.
	Deadline int64
	// Chain names the activations that wait for this call, the outermost first.
	Chain []string
	Args  []backend.Value
}

// The kinds of requests.
const (
	kindTryCall = iota // a call that does not wait for its turn
	kindCall
	kindStop // it ends an earlier call
	kindLate // it ends an earlier call whose deadline has passed
)

// MaxChain is how many activations may wait for each other.
const MaxChain = 100

// AppendRequest appends a request. The error is an [*UnsupportedError] for an argument.
func (c *Codec) AppendRequest(b []byte, r *Request) ([]byte, error) {
	kind := byte(kindTryCall)
	if r.Waits {
		kind = kindCall
	}
	b = binary.AppendUvarint(append(b, Version, kind), r.Number)
	b = binary.AppendUvarint(b, uint64(r.Deadline))
	b = binary.AppendUvarint(b, uint64(len(r.Chain)))
	for _, name := range r.Chain {
		b = appendString(b, name)
	}
	e := encoder{message: b, refs: c.Refs}
	err := e.appendValues(r.Args)
	return e.message, err
}

// AppendStop appends a request to stop a call, which is named by the subject of its answer. late is whether its deadline
// has passed.
func AppendStop(b []byte, call string, late bool) []byte {
	kind := byte(kindStop)
	if late {
		kind = kindLate
	}
	return appendString(append(b, Version, kind), call)
}

// Head is the beginning of a request.
type Head struct {
	// Stops is the subject of the answer to the call that is to be stopped; "" if the request is a call itself.
	Stops string
	Late  bool // the deadline of that call has passed
	Waits bool
	Chain []string
}

// Number returns the number of a request, 0 if it has none.
func Number(request []byte) uint64 {
	r := newReader(request)
	r.byte()
	return r.uint64()
}

// Peek returns the beginning of a request.
func Peek(message []byte) (Head, error) {
	d := decoder{reader: newReader(message)}
	if len(d.rest) == 0 || d.rest[0] != kindStop && d.rest[0] != kindLate {
		var r Request
		d.head(&r)
		return Head{Waits: r.Waits, Chain: r.Chain}, d.err
	}
	h := Head{Late: d.byte() == kindLate, Stops: d.string()}
	if h.Stops == "" {
		d.fail("no call to stop")
	}
	return h, d.end()
}

// head reads a call up to its arguments.
func (d *decoder) head(r *Request) {
	kind := d.byte()
	if kind != kindTryCall && kind != kindCall {
		d.fail("no call")
	}
	r.Waits = kind == kindCall
	if r.Number = d.uint64(); r.Number == 0 {
		d.fail("no number of a call")
	}
	r.Deadline = int64(d.uint64())
	n := d.count(1)
	if n > MaxChain {
		d.fail("too many states wait for each other")
	}
	for ; n > 0 && d.err == nil; n-- {
		r.Chain = append(r.Chain, d.string())
	}
}

// Request decodes a request.
func (c *Codec) Request(message []byte) (r Request, err error) {
	d := decoder{reader: newReader(message), refs: c.Refs, known: c.Known}
	d.head(&r)
	r.Args = d.values()
	return r, d.end()
}

// Status says what became of a request.
type Status byte

// The statuses of answers.
const (
	// Done is the status of a call that returned.
	Done Status = iota
	// Failed is that of a call that raised or returned an error.
	Failed
	// Gone means that the state is not here; the call has not run.
	Gone
	// Expired means that the deadline had passed before the call was run.
	Expired
	// Ran means that the call has run, but the lease ended meanwhile, so that the result may count no longer.
	Ran
	statuses
)

// Answer is what became of a request.
type Answer struct {
	Status  Status
	Results []backend.Value // Done
	Err     error           // Failed
}

// AppendAnswer appends an answer to the request with a number, 0 for one that could not be read. The error is an
// [*UnsupportedError] for a result.
func (c *Codec) AppendAnswer(b []byte, number uint64, a *Answer) ([]byte, error) {
	b = binary.AppendUvarint(append(b, Version, byte(a.Status)), number)
	switch a.Status {
	case Done:
		e := encoder{message: b, refs: c.Refs}
		err := e.appendValues(a.Results)
		return e.message, err
	case Failed:
		return appendError(b, a.Err, c.Known), nil
	}
	return b, nil
}

// Answers reports whether a message may be the answer to the request with a number: it has no other number.
func Answers(message []byte, number uint64) bool {
	r := newReader(message)
	r.byte()
	answered := r.uint64()
	return answered == number || answered == 0
}

// Answer decodes an answer.
func (c *Codec) Answer(message []byte) (a Answer, err error) {
	d := decoder{reader: newReader(message), refs: c.Refs, known: c.Known}
	a.Status = Status(d.byte())
	d.uint64()
	switch {
	case a.Status == Done:
		a.Results = d.values()
	case a.Status == Failed:
		a.Err = d.error()
	case a.Status >= statuses:
		d.fail("no status")
	}
	return a, d.end()
}

// Entry says which node has a name, and since which revision of the entry: the fencing token.
type Entry struct {
	Node     string
	Revision uint64
}

// Activated is the answer to a request for a state of a name.
type Activated struct {
	Entry
	// Err is why there is no state; the request may be repeated elsewhere if Elsewhere is set.
	Err       error
	Elsewhere bool
}

// AppendActivated appends the answer.
func (c *Codec) AppendActivated(b []byte, a *Activated) []byte {
	b = append(b, Version)
	if a.Err == nil {
		return binary.AppendUvarint(appendString(append(b, 0), a.Node), a.Revision)
	}
	kind := byte(1)
	if a.Elsewhere {
		kind = 2
	}
	return appendError(append(b, kind), a.Err, c.Known)
}

// Activated decodes the answer.
func (c *Codec) Activated(message []byte) (*Activated, error) {
	d := decoder{reader: newReader(message), refs: c.Refs, known: c.Known}
	a := &Activated{}
	switch kind := d.byte(); kind {
	case 0:
		a.Node, a.Revision = d.string(), d.uint64()
	case 1, 2:
		a.Elsewhere = kind == 2
		a.Err = d.error()
	default:
		d.fail("no answer")
	}
	return a, d.end()
}
