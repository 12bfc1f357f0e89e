package cluster

import (
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// The subject of an answer serves further calls, but an answer reaches only the call that it answers.
func TestAnswers(t *testing.T) {
	a := &answers{prefix: "inbox.", all: map[uint64]*waiting{}}
	codec := &wire.Codec{}
	arrive := func(w *waiting, number uint64) (arrived bool) {
		t.Helper()
		message, err := codec.AppendAnswer(nil, number, &wire.Answer{Status: wire.Gone})
		if err != nil {
			t.Fatal(err)
		}
		a.arrive(&nats.Msg{Subject: w.subject, Data: message})
		select {
		case <-w.arrived:
			return true
		default:
			return false
		}
	}
	first, other := a.expect(1), a.expect(2)
	if first.subject == other.subject {
		t.Fatal("two calls wait for the same subject")
	}
	if arrive(first, 2) || !arrive(first, 1) || arrive(first, 1) {
		t.Error("the answer to another call, or a second one, has arrived, or the first has not")
	}
	a.forget(first)
	second := a.expect(3)
	if second.subject != first.subject {
		t.Error("the subject is not used again")
	}
	if arrive(second, 1) || !arrive(second, 3) {
		t.Error("a late answer has arrived at the next call, or its own has not")
	}
	a.spoil(second)
	a.forget(second)
	a.forget(other)                                  // without an answer
	if !arrive(a.expect(4), 0) || arrive(other, 2) { // an answer to what could not be read has no number
		t.Error("an answer without a number has not arrived, or one for nobody has")
	}
	for _, before := range []*waiting{second, other} {
		if w := a.expect(5); w.subject == before.subject {
			t.Error("a subject is used again although an answer may be on its way")
		}
	}
	lost := a.expect(6)
	a.lose()
	if m := <-lost.arrived; m != nil {
		t.Error(m)
	}
	a.forget(lost)
	if w := a.expect(7); w.subject == lost.subject {
		t.Error("a subject is used again after the connection was lost")
	}
	a.arrive(&nats.Msg{Subject: "inbox.nobody!"})
	a.arrive(&nats.Msg{Subject: "x"})
}
