package wire

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// named is a state that is shared under its name.
type named struct {
	mtstates.Ref
	name string
}

func (n *named) Object() any { return n }

type names struct{}

func (names) Name(ref mtstates.Ref) (string, error) {
	if n, ok := ref.(*named); ok {
		return n.name, nil
	}
	return "", errors.New("type 'mtstates.state' not supported")
}

func (names) State(name string) mtstates.Ref { return &named{name: name} }

var errKnown = errors.New("known")

var codec = &Codec{Refs: names{}, Known: Sentinels{"known": errKnown}}

// sample returns values of all kinds, with a table in itself.
func sample() []backend.Value {
	inner := &backend.NeutralTable{}
	outer := &backend.NeutralTable{}
	inner.SetFields([]backend.Field{{Key: backend.StringValue("outer"), Value: backend.TableValue(outer)}})
	outer.SetFields([]backend.Field{
		{Key: backend.NumberValue(1), Value: backend.TableValue(inner)},
		{Key: backend.NumberValue(2), Value: backend.TableValue(inner)},
		{Key: backend.BooleanValue(false), Value: backend.NumberValue(math.Inf(-1))},
		{Key: backend.TableValue(inner), Value: backend.HandleValue(&named{name: "s"})},
	})
	return []backend.Value{
		backend.NilValue(), backend.BooleanValue(true), backend.BooleanValue(false), backend.NumberValue(0),
		backend.NumberValue(-1), backend.NumberValue(1<<53 - 1), backend.NumberValue(1 << 53), backend.NumberValue(-1 << 60),
		backend.NumberValue(0.1), backend.NumberValue(math.Copysign(0, -1)), backend.StringValue(""), backend.StringValue("\x00\xff"),
		backend.TableValue(outer), backend.TableValue(inner), backend.HandleValue(mtstates.ErrStateResult.With("why")),
	}
}

func TestRequest(t *testing.T) {
	in := &Request{Number: 300, Waits: true, Deadline: 1234567890123456, Chain: []string{"a", "b"}, Args: sample()}
	message, err := codec.AppendRequest(nil, in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := codec.Request(message)
	if err != nil {
		t.Fatal(err)
	}
	again, err := codec.AppendRequest(nil, &out)
	if err != nil || string(again) != string(message) {
		t.Errorf("it becomes %q, %v", again, err)
	}
	if out.Number != in.Number || out.Waits != in.Waits || out.Deadline != in.Deadline || !reflect.DeepEqual(out.Chain, in.Chain) {
		t.Errorf("%+v", out)
	}
	for i, v := range in.Args[:12] {
		if got := out.Args[i]; got.Kind != v.Kind || v.Kind == backend.Number && math.Float64bits(got.Number()) != math.Float64bits(v.Number()) ||
			v.Kind == backend.String && got.Text() != v.Text() {
			t.Errorf("value %d is %v, want %v", i, got, v)
		}
	}
	outer, inner := out.Args[12].Table(), out.Args[13].Table()
	if first, _ := outer.Get(backend.NumberValue(2)); first.Table() != inner {
		t.Error("a table that occurs twice became two")
	}
	if up, _ := inner.Get(backend.StringValue("outer")); up.Table() != outer {
		t.Error("a cycle is lost")
	}
	for n := range message { // a part is never a message
		if _, err := codec.Request(message[:n]); !errors.Is(err, ErrMalformed) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	if n := Number(message); n != 300 || Number(nil) != 0 {
		t.Error("the number is", n)
	}
	head, err := Peek(message)
	if !head.Waits || head.Stops != "" || len(head.Chain) != 2 || err != nil {
		t.Error(head, err)
	}
}

// An answer has the number of its request, or none.
func TestAnswers(t *testing.T) {
	for number, want := range map[uint64]bool{0: true, 299: false, 300: true, 301: false} {
		message, err := codec.AppendAnswer(nil, number, &Answer{Status: Gone})
		if err != nil || Answers(message, 300) != want {
			t.Errorf("%d: %v %v", number, !want, err)
		}
		if a, err := codec.Answer(message); a.Status != Gone || err != nil {
			t.Error(a, err)
		}
	}
}

func TestStop(t *testing.T) {
	for _, late := range []bool{true, false} {
		if head, err := Peek(AppendStop(nil, "_INBOX.x.1", late)); head.Stops != "_INBOX.x.1" || head.Late != late || err != nil {
			t.Error(head, err)
		}
	}
	message := AppendStop(nil, "_INBOX.x.1", false)
	if _, err := codec.Request(message); !errors.Is(err, ErrMalformed) {
		t.Errorf("as a call: %v", err)
	}
	for _, wrong := range [][]byte{message[:3], append(message, 0), AppendStop(nil, "", true)} {
		if _, err := Peek(wrong); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestUnsupported(t *testing.T) {
	table := &backend.NeutralTable{}
	table.SetFields([]backend.Field{{Key: backend.StringValue("x"), Value: backend.LightValue(backend.LightUserdata{Pointer: 1})}})
	_, err := codec.AppendRequest(nil, &Request{Number: 1, Args: []backend.Value{backend.NilValue(), backend.TableValue(table)}})
	var unsupported *UnsupportedError
	if !errors.As(err, &unsupported) || unsupported.Index != 2 || unsupported.Error() != "type 'light userdata' not supported at x" &&
		!strings.HasSuffix(unsupported.Error(), "not supported at x") {
		t.Error(err)
	}
}

func TestErrors(t *testing.T) {
	inner := mtstates.ErrorForm{
		Name: "shop.error.sold_out", Details: "apples", HasDetails: true, Traceback: "stack traceback:\n\tinner",
		Cause: fmt.Errorf("go: %w", errKnown),
	}.Restore()
	outer := mtstates.ErrorForm{
		Name: "mtstates.error.invoking_state", Details: "state: ", HasDetails: true, Traceback: "stack traceback:\n\touter", Inner: inner, Cause: inner,
	}.Restore()
	for _, in := range []error{
		outer, mtstates.ErrObjectClosed, &mtstates.ArgumentError{Index: 3, Function: "call", Message: "no"},
		fmt.Errorf("late: %w", context.DeadlineExceeded), errKnown,
	} {
		message, err := codec.AppendAnswer(nil, 5, &Answer{Status: Failed, Err: in})
		if err != nil {
			t.Fatal(err)
		}
		out, err := codec.Answer(message)
		if err != nil || out.Err.Error() != in.Error() {
			t.Errorf("%v becomes %v, %v", in, out.Err, err)
		}
		for _, target := range []error{errKnown, context.DeadlineExceeded, inner, outer, mtstates.ErrObjectClosed} {
			if errors.Is(out.Err, target) != errors.Is(in, target) {
				t.Errorf("%v: errors.Is(%v) is %v", in, target, errors.Is(out.Err, target))
			}
		}
	}
}

// FuzzMessages decodes whatever comes. What a decoder accepts can be encoded and decoded again.
func FuzzMessages(f *testing.F) {
	request, _ := codec.AppendRequest(nil, &Request{Number: 300, Waits: true, Deadline: 1, Chain: []string{"a"}, Args: sample()})
	results, _ := codec.AppendAnswer(nil, 5, &Answer{Status: Done, Results: sample()})
	failed, _ := codec.AppendAnswer(nil, 5, &Answer{Status: Failed, Err: mtstates.ErrorForm{
		Name: "a.error.b", Inner: mtstates.ErrStateResult.With("x"), Cause: errKnown}.Restore()})
	made := codec.AppendActivated(nil, &Activated{Entry: Entry{"node", 7}})
	for _, seed := range [][]byte{request, results, failed, made, AppendStop(nil, "a", true), {Version, byte(Gone)}, {Version}, nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		if r, err := codec.Request(message); err == nil {
			again, err := codec.AppendRequest(nil, &r)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := codec.Request(again); err != nil {
				t.Fatal(err)
			}
		}
		if a, err := codec.Answer(message); err == nil {
			again, err := codec.AppendAnswer(nil, 5, &a)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := codec.Answer(again); err != nil {
				t.Fatal(err)
			}
		}
		if a, err := codec.Activated(message); err == nil && a.Err != nil {
			_ = a.Err.Error()
		}
		_, _ = Peek(message)
	})
}
