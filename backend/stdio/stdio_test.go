package stdio

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
)

func TestBuffer(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return write(w, "a") }, "a"},
		{func() error { return w.SetBuffer(4, false) }, "a"},
		{func() error { return write(w, "b\n") }, "a"},
		{w.Flush, "ab\n"},
		{func() error { return write(w, "12345") }, "ab\n12345"},
		{func() error { return w.SetBuffer(8, true) }, "ab\n12345"},
		{func() error { return write(w, "c") }, "ab\n12345"},
		{func() error { return write(w, "d\ne") }, "ab\n12345cd\ne"},
		{func() error { return write(w, "f") }, "ab\n12345cd\ne"},
		{func() error { return w.SetBuffer(0, false) }, "ab\n12345cd\nef"},
		{func() error { return write(w, "g") }, "ab\n12345cd\nefg"},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if out.String() != step.want {
			t.Fatalf("written: %q, want %q", out.String(), step.want)
		}
	}
}

func write(w *Writer, text string) error {
	_, err := w.WriteString(text)
	return err
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestErrors checks that the error of a delayed write is not lost.
func TestErrors(t *testing.T) {
	w := NewWriter(full{})
	if err := write(w, "x"); err != errFull {
		t.Error("without buffer:", err)
	}
	_ = w.SetBuffer(8, false)
	if err := write(w, "x"); err != nil {
		t.Error("with room:", err)
	}
	if err := w.Flush(); err != errFull {
		t.Error("flush:", err)
	}
	if err := w.SetBuffer(0, false); err != errFull {
		t.Error("another buffer:", err)
	}
}

func TestFlushAll(t *testing.T) {
	outs := make([]bytes.Buffer, 8)
	var group sync.WaitGroup
	for i := range outs {
		group.Go(func() {
			w := NewWriter(&outs[i])
			Keep(w)
			_ = w.SetBuffer(64, false)
			_ = write(w, fmt.Sprint(i))
			if i%2 == 1 {
				Forget(w)
			}
		})
	}
	group.Wait()
	FlushAll()
	for i := range outs {
		if got, want := outs[i].String(), fmt.Sprint(i); i%2 == 0 && got != want || i%2 == 1 && got != "" {
			t.Errorf("%d: written %q", i, got)
		}
	}
}
