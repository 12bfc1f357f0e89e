package owner_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// thing is an object that holds handles.
type thing struct {
	owned   owner.Owned
	holds   []*owner.Handle
	expired atomic.Int32
}

func (o *thing) Expire(further *owner.Pending) {
	o.expired.Add(1)
	further.Add(o.holds...)
}

// in returns a new handle of a thing in a VM; vm may be nil.
func (o *thing) in(vm backend.VM) *owner.Handle {
	h := &owner.Handle{}
	h.Init(&o.owned, o, vm)
	return h
}

func newVM(t *testing.T) backend.VM {
	vm, err := backends.All()[0].NewVM(backend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return vm
}

// A thing expires with its last handle, in whatever order handles go.
func TestLastHandle(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		var o thing
		vm := newVM(t)
		handles := []*owner.Handle{o.in(nil), o.in(vm), o.in(nil)}
		for n, i := range order {
			if got := o.owned.Expired(); got {
				t.Fatalf("%v: expired after %d handles", order, n)
			}
			if i == 1 {
				vm.Close()
			} else {
				owner.Release(handles[i], handles[i])
			}
		}
		if o.expired.Load() != 1 {
			t.Errorf("%v: expired %d times", order, o.expired.Load())
		}
		var late owner.Handle
		if late.Init(&o.owned, &o, nil) || o.owned.Pin() {
			t.Errorf("%v: a new handle owns what has expired", order)
		}
		runtime.KeepAlive(handles)
	}
}

// A handle that was collected owns nothing; one of Go code lasts.
func TestCollectedAndPinned(t *testing.T) {
	var dropped, pinned thing
	dropped.in(nil)
	last := dropped.in(nil)
	runtime.GC()
	owner.Release(last)
	if !dropped.owned.Expired() {
		t.Error("a collected handle owns its object")
	}
	h := pinned.in(nil)
	h.Pin()
	owner.Release(h)
	if pinned.owned.Expired() {
		t.Error("what Go code has is expired")
	}
}

// A long chain takes no stack, and a circle ends.
func TestChain(t *testing.T) {
	things := make([]thing, 100_000)
	for i := range things {
		things[i].holds = []*owner.Handle{things[(i+1)%len(things)].in(nil)}
	}
	vm := newVM(t)
	mine := things[5].in(vm)
	owner.Release(things[4].holds...)
	vm.Close()
	for i := range things {
		if n := things[i].expired.Load(); n != 1 {
			t.Fatalf("thing %d expired %d times", i, n)
		}
	}
	runtime.KeepAlive(mine)
}

// Dead handles do not pile up.
func TestManyHandles(t *testing.T) {
	var o thing
	vm := newVM(t)
	keep := o.in(vm)
	for range 100 {
		for range 1000 {
			owner.Release(o.in(vm))
		}
		runtime.GC()
	}
	if o.owned.Expired() {
		t.Error("expired")
	}
	vm.Close()
	if !o.owned.Expired() {
		t.Error("not expired")
	}
	runtime.KeepAlive(keep)
}

// Many VMs are closed at a time.
func TestConcurrent(t *testing.T) {
	for range 20 {
		things := make([]thing, 50)
		var all sync.WaitGroup
		start := make(chan struct{})
		var handles [][]*owner.Handle
		for range 8 {
			vm := newVM(t)
			var held []*owner.Handle
			for i := range things {
				held = append(held, things[i].in(vm))
			}
			handles = append(handles, held)
			all.Go(func() {
				<-start
				vm.Close()
			})
		}
		close(start)
		all.Wait()
		for n := range things {
			if things[n].expired.Load() == 1 {
				continue
			}
			t.Fatalf("thing %d expired %d times", n, things[n].expired.Load())
		}
		runtime.KeepAlive(handles)
	}
}
