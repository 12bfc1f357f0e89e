package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

type address struct {
	Street string `lua:"street"`
	Zip    *int   `lua:"zip,omitempty"`
}

type base struct{ ID uint16 }

type customer struct {
	base
	Name    string             `lua:"name"`
	Tags    []string           `lua:"tags,omitempty"`
	Home    *address           `lua:"home"`
	Scores  map[string]float32 `lua:"scores"`
	Since   time.Time          `lua:"since"`
	Timeout time.Duration      `lua:"timeout"`
	Sum     *big.Int           `lua:"sum"`
	Raw     []byte             `lua:"raw"`
	Next    *customer          `lua:"next"`
	Pair    [2]int8            `lua:"pair"`
	Hidden  chan int           `lua:"-"`
	_       int
}

func echo(t *testing.T, b backend.Backend, options ...mtstates.Option) *mtstates.State {
	t.Helper()
	st, _, err := hosttest.Registry(t, b, options...).NewState(t.Context(), "return function(...) return ... end")
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestStructsRoundTrip(t *testing.T) {
	zip := 12345
	in := &customer{
		base: base{7}, Name: "Ann", Tags: []string{"a", "b"}, Home: &address{"Road", &zip}, Scores: map[string]float32{"x": 1.5},
		Since: time.Unix(1700000000, 250000000), Timeout: 1500 * time.Millisecond, Sum: big.NewInt(1 << 60), Raw: []byte("\x00\xff"),
		Pair: [2]int8{-1, 2},
	}
	in.Next = in
	onAll(t, func(t *testing.T, b backend.Backend) {
		results, err := echo(t, b).Call(t.Context(), in, []*customer{in, in})
		if err != nil {
			t.Fatal(err)
		}
		var out *customer
		var list []*customer
		if err := results.Scan(&out, &list); err != nil {
			t.Fatal(err)
		}
		if out.Next != out || len(list) != 2 || list[0] != list[1] || list[0].Next != list[0] {
			t.Errorf("shared tables became several values")
		}
		out.Next, in.Next = nil, nil
		if !out.Since.Equal(in.Since) {
			t.Errorf("%v, want %v", out.Since, in.Since)
		}
		out.Since = in.Since
		if !reflect.DeepEqual(out, in) {
			t.Errorf("%+v, want %+v", out, in)
		}
		in.Next = in
	})
}

// What Lua gets.
func TestToLua(t *testing.T) {
	type level int
	onAll(t, func(t *testing.T, b backend.Backend) {
		st, _, err := hosttest.Registry(t, b).NewState(t.Context(), `
			local function show(v)
				if type(v) ~= "table" then return tostring(v) end
				local parts = {}
				for k, x in pairs(v) do parts[#parts + 1] = tostring(k) .. "=" .. show(x) end
				table.sort(parts)
				return "{" .. table.concat(parts, ",") .. "}"
			end
			return show`)
		if err != nil {
			t.Fatal(err)
		}
		var none *customer
		for _, test := range []struct {
			value any
			want  string
		}{
			{level(3), "3"}, {uint64(1 << 53), "9007199254740992"}, {int8(-4), "-4"}, {float32(0.5), "0.5"}, {[]byte("x"), "x"},
			{none, "nil"}, {error(nil), "nil"}, {[]int(nil), "{}"}, {map[string]int(nil), "{}"}, {[]any{1, nil, "x"}, "{1=1,3=x}"},
			{map[level]bool{1: true}, "{1=true}"}, {map[any]any{"a": 1, 2: "b", true: []int{1}}, "{2=b,a=1,true={1=1}}"},
			{[2]string{"a", "b"}, "{1=a,2=b}"}, {struct{ A, b int }{1, 2}, "{A=1}"}, {&address{Street: "s"}, "{street=s}"},
			{struct {
				*base
				X any
			}{}, "{}"},
			{errors.New("oops"), "oops"}, {time.Unix(12, 500000000), "12.5"}, {time.Minute, "60"}, {*big.NewFloat(1), "{}"},
			{big.NewInt(12), "12"}, {new(new("pointer")), "pointer"},
		} {
			results, err := st.Call(t.Context(), test.value)
			if err != nil || results[0] != test.want {
				t.Errorf("%#v: %v, %v, want %v", test.value, results, err, test.want)
			}
		}
	})
}

func TestNotToLua(t *testing.T) {
	type self *self
	var loop self
	loop = &loop
	onAll(t, func(t *testing.T, b backend.Backend) {
		st := echo(t, b)
		for _, test := range []struct {
			value any
			want  string
		}{
			{make(chan int), "type 'chan int' not supported"},
			{int64(math.MaxInt64), "integer 9223372036854775807 is beyond 2^53"},
			{[]uint64{1, math.MaxUint64}, "integer 18446744073709551615 is beyond 2^53 at [2]"},
			{map[string]any{"handlers": []any{map[string]any{"open": complex(1, 2)}}}, "type 'complex128' not supported at handlers[1].open"},
			{map[any]int{nil: 1}, "key of type 'interface {}' not supported"},
			{map[float64]int{math.NaN(): 1}, "NaN cannot be a key"},
			{map[any]int{1: 1, 1.0: 2}, "two keys are the same in Lua at [1]"},
			{map[[1]int]int{{1}: 1}, "key of type '[1]int' not supported"},
			{map[string]any{"x": map[any]int{struct{}{}: 1}}, "key of type 'interface {}' not supported at x"},
			{func(chan int) {}, "parameter 1 of type 'chan int' not supported"},
			{[]any{func(int, func()) {}}, "parameter 2 of type 'func()' not supported at [1]"},
			{loop, "more than 100 pointers to pointers"},
		} {
			_, err := st.Call(t.Context(), "first", test.value)
			var bad *mtstates.ArgumentError
			if !errors.As(err, &bad) || bad.Index != 2 || bad.Message != test.want {
				t.Errorf("%T: %v, want %s", test.value, err, test.want)
			}
		}
	})
}

func TestScan(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		results := func(code string) mtstates.Results {
			_, results, err := hosttest.Registry(t, b).NewState(t.Context(), "return print, "+code)
			if err != nil {
				t.Fatal(err)
			}
			return results
		}
		var (
			n     int
			f     float32
			s     string
			ok    bool
			bytes []byte
			a     any
			table *mtstates.Table
			p     *string
		)
		if err := results("42, 1.5, 'text', true, 'bytes', {1}, {1, x = 2}, nil").Scan(&n, &f, &s, &ok, &bytes, &a, &table, &p); err != nil {
			t.Fatal(err)
		}
		if n != 42 || f != 1.5 || s != "text" || !ok || string(bytes) != "bytes" || a.(*mtstates.Table).Get(1) != 1.0 || table.Get("x") != 2.0 || p != nil {
			t.Error(n, f, s, ok, bytes, a, table, p)
		}
		var folded struct {
			FirstName string
			Mail      string `lua:"mail"`
		}
		if err := table.Scan(&n); err == nil || err.Error() != "bad table (integer expected, got table)" {
			t.Error(err)
		}
		if err := results("{firstname = 'a', FIRSTNAME = 'b', FirstName = 'c', MAIL = 'm', other = print and 1}").Scan(&folded); err != nil ||
			folded.FirstName != "c" || folded.Mail != "m" {
			t.Error(folded, err)
		}
		var deep []any
		if err := results("(function() local t = {} for i = 1, 100000 do t = {t} end return t end)()").Scan(&deep); err != nil {
			t.Error(err)
		}
		type nested []nested
		var all nested
		if err := results("(function() local t = {} for i = 1, 100000 do t = {t} end return t end)()").Scan(&all); err != nil || len(all) != 1 {
			t.Error(err)
		}
		var structs map[string]address
		if err := results("{a = {street = 'x'}, b = {street = 'y', zip = 3}}").Scan(&structs); err != nil || structs["a"].Street != "x" || *structs["b"].Zip != 3 {
			t.Error(structs, err)
		}
	})
}

func TestScanMisfits(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for _, test := range []struct {
			code string
			to   any
			want string
		}{
			{"'x'", new(int), "bad result #1 (integer expected, got string)"},
			{"1.5", new(int), "bad result #1 (number has no integer representation)"},
			{"300", new(uint8), "bad result #1 (integer 300 does not fit the type uint8)"},
			{"-1", new(uint), "bad result #1 (integer -1 does not fit the type uint)"},
			{"1/0", new(int), "bad result #1 (integer inf does not fit the type int)"},
			{"2^63", new(int64), "bad result #1 (integer 9.2233720368548e+18 does not fit the type int64)"},
			{"nil", new(string), "bad result #1 (string expected, got nil)"},
			{"12", new(string), "bad result #1 (string expected, got number)"},
			{"1", new(bool), "bad result #1 (boolean expected, got number)"},
			{"{items = {{price = 1}, {price = 'x'}}}", new(struct{ Items []struct{ Price int } }), "bad result #1 (integer expected, got string at items[2].price)"},
			{"{a = {1, 2, n = 3}}", new(map[string][]int), `bad result #1 (list expected, got table with 3 fields, one of them under the key "n" at a)`},
			{"{1, 2, 3}", new([2]int), "bad result #1 (list of at most 2 elements expected, got 3)"},
			{"{[{}] = 1}", new(map[string]int), "bad result #1 (string expected, got table at [key table])"},
			{"{1}", new(chan int), "bad result #1 (no value fits the type chan int)"},
			{"{1}", new(error), "bad result #1 (error expected, got table)"},
			{"'yesterday'", new(time.Time), `bad result #1 (parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006")`},
			{"1e300", new(time.Duration), "bad result #1 (duration expected, got number out of range)"},
			{"1, 2", new(int), "mtstates: scan: expected 2 destinations, got 1"},
			{"1", 5, "bad result #1 (the destination is a int, not a pointer to a variable)"},
			{"1", nil, "bad result #1 (the destination is a <nil>, not a pointer to a variable)"},
			{"1", (*int)(nil), "bad result #1 (the destination is a *int, not a pointer to a variable)"},
		} {
			_, results, err := hosttest.Registry(t, b).NewState(t.Context(), "return print, "+test.code)
			if err != nil {
				t.Fatal(err)
			}
			if err := results.Scan(test.to); err == nil || err.Error() != test.want {
				t.Errorf("%s: %v, want %s", test.code, err, test.want)
			}
		}
		var n int
		var bad *mtstates.ScanError
		if err := (mtstates.Results{1.0, "x"}).Scan(&n, &n); !errors.As(err, &bad) || bad.Index != 2 || n != 1 {
			t.Error(err, n)
		}
	})
}

// Errors of the Go program keep their identity through Lua.
func TestErrorsThroughLua(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		ours := fmt.Errorf("ours: %w", context.Canceled)
		results, err := echo(t, b).Call(t.Context(), ours)
		var out error
		if err != nil || results.Scan(&out) != nil || out != ours {
			t.Error(out, err)
		}
		raising, _, err := hosttest.Registry(t, b).NewState(t.Context(), "return error")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raising.Call(t.Context(), ours); !errors.Is(err, ours) || !errors.Is(err, mtstates.ErrInvokingState) || !strings.Contains(err.Error(), "ours: context canceled") {
			t.Error(err)
		}
	})
}

// listError is an error that Go cannot compare.
type listError []string

func (e listError) Error() string { return strings.Join(e, ", ") }

// Errors may be keys of tables, also those that cannot be keys of a Go map.
func TestErrorsAsKeys(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		st, _, err := hosttest.Registry(t, b).NewState(t.Context(), "return function(...) return {[...] = true} end")
		if err != nil {
			t.Fatal(err)
		}
		comparable := errors.New("one")
		for _, tt := range []struct {
			key  error
			want any
		}{{comparable, true}, {listError{"two", "three"}, nil}} {
			results, err := st.Call(t.Context(), tt.key)
			if err != nil {
				t.Fatal(err)
			}
			table := results[0].(*mtstates.Table)
			if got := table.Get(tt.key); got != tt.want {
				t.Errorf("%v: got %v", tt.key, got)
			}
			for key := range table.All() {
				if key.(error).Error() != tt.key.Error() {
					t.Errorf("%v is a key", key)
				}
			}
		}
	})
}

// Results are the same numbers, whether many calls have them or few.
func TestNumbersAsResults(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		echo, _, err := hosttest.Registry(t, b).NewState(t.Context(), "return function(...) return ... end")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 1023, 1023.5, 1024, 1 << 31, 1 << 53, 1 << 62, -1 << 63, 1 << 63, 1e300,
			math.Inf(1), math.Inf(-1), math.NaN()} {
			got, err := echo.Call(t.Context(), n)
			if err != nil {
				t.Fatal(err)
			}
			result, ok := got[0].(float64)
			if math.IsNaN(n) && math.IsNaN(result) {
				continue
			}
			if !ok || math.Float64bits(result) != math.Float64bits(n) {
				t.Errorf("%v becomes %v", n, got[0])
			}
		}
	})
}
