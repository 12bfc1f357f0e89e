package object

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
)

// thing has a pointer, as all real objects do: the Go runtime frees tiny pointerless values only in batches.
type thing struct {
	id int64
	_  *thing
}

func TestTable(t *testing.T) {
	var table Table[thing]
	a, b := &thing{id: 1}, &thing{id: 2}
	if holder := table.Add(a, 1, "a", true); holder != nil {
		t.Fatal("name is taken in an empty table")
	}
	if holder := table.Add(b, 2, "a", true); holder != a {
		t.Fatalf("the name's holder is %v", holder)
	}
	if table.ByID(2) != nil {
		t.Error("an object that was refused is found")
	}
	table.Add(b, 2, "", false)
	if table.ByID(1) != a || table.ByName("a") != a || table.ByID(2) != b || table.Len() != 2 {
		t.Error("look-up fails")
	}
	table.Remove(a, 1, "a", true)
	if table.ByID(1) != nil || table.ByName("a") != nil || table.Len() != 1 {
		t.Error("a removed object is found")
	}
	if table.Add(b, 3, "a", true) != nil {
		t.Error("the name of a removed object is taken")
	}
	runtime.KeepAlive(a)
	runtime.KeepAlive(b)
}

func TestCollected(t *testing.T) {
	var table Table[thing]
	func() {
		for i := range int64(100) {
			table.Add(&thing{id: i}, i, fmt.Sprint(i), true)
		}
	}()
	runtime.GC()
	if n := table.Len(); n != 0 {
		t.Errorf("%d dead objects are found", n)
	}
	again := &thing{id: 7}
	if holder := table.Add(again, 1000, "7", true); holder != nil {
		t.Error("the name of a dead object is taken")
	}
	runtime.GC() // late cleanups of the first holder must not remove the second
	if table.ByName("7") != again {
		t.Error("the cleanup of a dead object removed a living one")
	}
	runtime.KeepAlive(again)
}

func TestLimit(t *testing.T) {
	var table Table[thing]
	kept := []*thing{{id: 1}, {id: 2}}
	for _, object := range kept {
		if holder, full := table.AddWithin(3, object, object.id, fmt.Sprint(object.id), true); holder != nil || full {
			t.Fatalf("%v, %v", holder, full)
		}
	}
	if holder, full := table.AddWithin(3, &thing{id: 9}, 9, "1", true); holder != kept[0] || full {
		t.Errorf("a name that is taken: %v, %v", holder, full)
	}
	func() { table.AddWithin(3, &thing{id: 3}, 3, "", false) }()
	last := &thing{id: 4}
	if _, full := table.AddWithin(3, last, 4, "4", true); !full || !table.Full(3) || table.ByID(4) != nil || table.ByName("4") != nil {
		t.Error("one more than the limit")
	}
	runtime.GC()
	table.Sweep()
	if holder, full := table.AddWithin(3, last, 4, "4", true); holder != nil || full {
		t.Errorf("after the collection: %v, %v", holder, full)
	}
	table.Remove(kept[0], 1, "1", true)
	if table.Full(3) {
		t.Error("full after a removal")
	}
	runtime.KeepAlive(kept)
	runtime.KeepAlive(last)
}

// TestRefusedNamesDoNotCount checks that an object which is refused for its name takes no room meanwhile.
func TestRefusedNamesDoNotCount(t *testing.T) {
	var table Table[thing]
	holder := &thing{id: 1}
	table.Add(holder, 1, "taken", true)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					table.AddWithin(2, &thing{id: 2}, 2, "taken", true)
				}
			}
		})
	}
	for i := range int64(20_000) {
		object := &thing{id: 3 + i}
		if _, full := table.AddWithin(2, object, object.id, "", false); full {
			t.Errorf("full at the object %d", i)
			break
		}
		table.Remove(object, object.id, "", false)
	}
	close(stop)
	group.Wait()
	runtime.KeepAlive(holder)
}

func TestNamesAreExclusive(t *testing.T) {
	var table Table[thing]
	var group sync.WaitGroup
	winners := make(chan *thing, 100)
	for i := range int64(100) {
		group.Go(func() {
			object := &thing{id: i}
			if table.Add(object, i, "name", true) == nil {
				winners <- object
			}
		})
	}
	group.Wait()
	if len(winners) != 1 {
		t.Errorf("%d objects got the same name", len(winners))
	}
	runtime.KeepAlive(<-winners)
}

func TestSharedNames(t *testing.T) {
	var table Table[thing]
	a, b := &thing{id: 1}, &thing{id: 2}
	table.AddShared(a, 1, "x", true)
	if got, ambiguous := table.Named("x"); got != a || ambiguous {
		t.Errorf("with one holder: %v, %v", got, ambiguous)
	}
	table.AddShared(b, 2, "x", true)
	if got, ambiguous := table.Named("x"); got != nil || !ambiguous {
		t.Errorf("with two holders: %v, %v", got, ambiguous)
	}
	if table.ByID(1) != a || table.ByID(2) != b || table.Len() != 2 {
		t.Error("look-up by id fails")
	}
	table.Remove(a, 1, "x", true)
	if got, ambiguous := table.Named("x"); got != b || ambiguous {
		t.Errorf("with one of two removed: %v, %v", got, ambiguous)
	}
	func() { table.AddShared(&thing{id: 3}, 3, "x", true) }()
	runtime.GC()
	if got, ambiguous := table.Named("x"); got != b || ambiguous {
		t.Errorf("with one of two collected: %v, %v", got, ambiguous)
	}
	table.Remove(b, 2, "x", true)
	if got, ambiguous := table.Named("x"); got != nil || ambiguous {
		t.Errorf("with none: %v, %v", got, ambiguous)
	}
	runtime.KeepAlive(a)
	runtime.KeepAlive(b)
}
