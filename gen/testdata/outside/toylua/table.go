package toylua

import (
	"weak"
)

// Table is a Lua table. The values under 1, 2, ... without a gap are a list; all others are nodes in the order in which
// they came, found by a map. A node whose value is nil is dead: it holds its place for a traversal, and its key weakly.
type Table struct {
	list  []Value
	peak  int // the longest that list ever was
	nodes []node
	index map[Value]int // of nodes, by key
	dead  int
	meta  *Table
}

type node struct{ key, value Value }

// NewTable returns an empty table.
func NewTable() *Table { return &Table{} }

// place returns the place of a key in the list, from 0.
func place(key Value) (int, bool) {
	n, ok := key.(float64)
	i := int(n)
	return i - 1, ok && float64(i) == n && i >= 1
}

// Get returns the value under a key, without metamethods.
func (t *Table) Get(key Value) Value {
	if i, ok := place(key); ok && i < len(t.list) {
		return t.list[i]
	}
	if i, ok := t.index[key]; ok {
		return t.nodes[i].value
	}
	return nil
}

// Set stores a value under a key that is neither nil nor NaN, without metamethods.
func (t *Table) Set(key, value Value) {
	if i, ok := place(key); ok && i <= len(t.list) {
		t.setList(i, value)
		return
	}
	i, ok := t.index[key]
	if !ok {
		i, ok = t.revive(key, value)
	}
	switch {
	case !ok && value != nil:
		t.add(key, value)
	case ok && value == nil:
		t.kill(i)
	case ok:
		if t.nodes[i].value == nil {
			t.dead--
		}
		t.nodes[i].value = value
	}
}

func (t *Table) setList(i int, value Value) {
	switch {
	case i < len(t.list):
		t.list[i] = value
		t.trim()
	case value != nil:
		if at, ok := t.index[float64(i+1)]; ok {
			t.kill(at)
		}
		t.list = append(t.list, value)
		t.append()
	}
}

// fill stores the positional values of a constructor, among which may be nils.
func (t *Table) fill(values []Value) {
	for len(t.list) < len(values) {
		if i, ok := t.index[float64(len(t.list)+1)]; ok { // a field with the key
			t.kill(i)
		}
		t.list = append(t.list, nil)
	}
	copy(t.list, values)
	t.trim()
	t.append()
}

// trim drops nils at the end of the list.
func (t *Table) trim() {
	for len(t.list) > 0 && t.list[len(t.list)-1] == nil {
		t.list = t.list[:len(t.list)-1]
	}
}

// append moves nodes that continue the list to its end.
func (t *Table) append() {
	for at, ok := t.index[float64(len(t.list)+1)]; ok && t.nodes[at].value != nil; at, ok = t.index[float64(len(t.list)+1)] {
		t.list = append(t.list, t.nodes[at].value)
		t.kill(at)
	}
	t.peak = max(t.peak, len(t.list))
}

// add appends a node. When most of them are dead, these are dropped first.
func (t *Table) add(key, value Value) {
	if t.dead > 8 && t.dead > len(t.nodes)/2 {
		nodes := t.nodes
		t.nodes, t.index, t.dead = nil, nil, 0
		for _, n := range nodes {
			if n.value != nil {
				t.add(n.key, n.value)
			}
		}
	}
	if t.index == nil {
		t.index = map[Value]int{}
	}
	t.index[key] = len(t.nodes)
	t.nodes = append(t.nodes, node{key, value})
}

// kill makes a node dead.
func (t *Table) kill(i int) {
	n := &t.nodes[i]
	if n.value == nil {
		return
	}
	t.dead++
	n.value = nil
	if held, ok := hold(n.key); ok {
		delete(t.index, n.key)
		t.index[held] = i
		n.key = held
	}
}

// revive gives a dead node its key back, when one is to get a value.
func (t *Table) revive(key, value Value) (i int, ok bool) {
	held, ok := hold(key)
	if !ok || value == nil {
		return 0, false
	}
	if i, ok = t.index[held]; ok {
		delete(t.index, held)
		t.index[key] = i
		t.nodes[i].key = key
	}
	return i, ok
}

// hold returns what stands for a key without keeping it alive; ok is false for keys that hold nothing.
func hold(key Value) (Value, bool) {
	switch k := key.(type) {
	case *Table:
		return weak.Make(k), true
	case *Function:
		return weak.Make(k), true
	case *Userdata:
		return weak.Make(k), true
	}
	return key, false
}

// Next returns the key and value behind a key, of which nil is the first; key is nil at the end. ok is false when there is
// no such key.
func (t *Table) Next(after Value) (key, value Value, ok bool) {
	i, at := 0, 0
	if after != nil {
		if n, isPlace := place(after); isPlace && n < len(t.list) {
			i = n + 1
		} else if at, ok = t.position(after); ok {
			i, at = len(t.list), at+1
		} else if isPlace && n < t.peak {
			i, at = len(t.list), 0
		} else {
			return nil, nil, false
		}
	}
	for ; i < len(t.list); i++ {
		if t.list[i] != nil {
			return float64(i + 1), t.list[i], true
		}
	}
	for ; at < len(t.nodes); at++ {
		if n := &t.nodes[at]; n.value != nil {
			return n.key, n.value, true
		}
	}
	return nil, nil, true
}

// position returns the index of a key's node, also of a dead one.
func (t *Table) position(key Value) (int, bool) {
	if i, ok := t.index[key]; ok {
		return i, true
	}
	held, _ := hold(key)
	i, ok := t.index[held]
	return i, ok
}

// Len returns a border of the table.
func (t *Table) Len() int { return len(t.list) }
