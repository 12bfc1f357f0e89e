package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"runtime/metrics"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

var (
	errTooLong   = errors.New("too many instructions")
	errTooMuch   = errors.New("not enough memory")
	closedSignal = make(chan struct{})
)

func init() { close(closedSignal) }

// budget is a context that the VM asks before each instruction whether it has ended. The memory is that of the process: what
// one state has cannot be seen.
type budget struct {
	context.Context
	instructions, memory, before int
	err                          error
}

func (b *budget) Done() <-chan struct{} {
	if b.instructions--; b.instructions < 0 && b.err == nil {
		b.err = errTooLong
	}
	if b.instructions%1000 == 0 && b.err == nil && heapBytes()-b.before > b.memory {
		b.err = errTooMuch
	}
	if b.err != nil {
		return closedSignal
	}
	return nil
}

func (b *budget) Err() error { return b.err }

func heapBytes() int {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

// limitedRep is string.rep, in which one instruction may take all memory. Concatenation is the other.
func (b *budget) limitedRep(l *lua.LState) int {
	s, n := l.CheckString(1), l.CheckInt(2)
	if n > 0 && len(s) > b.memory/n {
		b.err = errTooMuch
		l.RaiseError("%s", errTooMuch)
	}
	l.Push(lua.LString(strings.Repeat(s, max(n, 0))))
	return 1
}

// Scripts that use too much fail, and the program goes on.
func Example_limitsByHand() {
	for _, body := range []string{
		"while true do end",
		"local t = {} for i = 1, 1e9 do t[i] = {i} end",
		"return #('x'):rep(1e9)",
		"return 42",
	} {
		err := runLimited("return function() " + body + " end")
		fmt.Println(errors.Is(err, errTooLong), errors.Is(err, errTooMuch))
	}
	// Output:
	// true false
	// false true
	// false true
	// false false
}

func runLimited(source string) error {
	l := lua.NewState()
	defer l.Close()
	b := &budget{Context: context.Background(), instructions: 5_000_000, memory: 4 << 20, before: heapBytes()}
	l.SetField(l.GetGlobal("string"), "rep", l.NewFunction(b.limitedRep))
	if err := l.DoString(source); err != nil {
		log.Fatal(err)
	}
	l.SetContext(b)
	if err := l.CallByParam(lua.P{Fn: l.Get(-1), Protect: true}); err != nil {
		if b.err != nil {
			return b.err
		}
		return err
	}
	return nil
}
