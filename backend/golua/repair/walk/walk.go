// Package walk finds the objects of a VM. Only repairs of go-lua import it. Their probes have called the check of package
// layout.
package walk

import (
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// Visitor has what is called for each object that is found.
type Visitor struct {
	Table   func(table any)
	Closure func(*layout.Closure)
}

// Objects visits the objects that l's VM can reach.
func Objects(l *lua.State, v Visitor) {
	s := sweep{Visitor: v, seen: map[unsafe.Pointer]struct{}{}}
	state := layout.StateOf(l)
	s.reach(layout.Value(layout.StateKind, unsafe.Pointer(state)))
	s.reach(layout.Value(layout.StateKind, unsafe.Pointer(state.Global.MainThread)))
	s.reachTable(state.Global.Registry)
	for _, t := range state.Global.MetaTables {
		s.reachTable(t)
	}
	for len(s.found) > 0 {
		v := s.found[len(s.found)-1]
		s.found = s.found[:len(s.found)-1]
		s.visit(v)
	}
}

// sweep is a walk over the values of a VM.
type sweep struct {
	Visitor
	seen  map[unsafe.Pointer]struct{}
	found []any // seen and not visited
}

func (s *sweep) reachTable(t *layout.Table) {
	if t != nil {
		s.reach(t.Value())
	}
}

func (s *sweep) reach(v any) {
	switch layout.KindOf(v) {
	case layout.TableKind, layout.UserdataKind, layout.ClosureKind, layout.GoClosureKind, layout.StateKind:
		p := layout.Pointer(v)
		if _, ok := s.seen[p]; !ok {
			s.seen[p] = struct{}{}
			s.found = append(s.found, v)
		}
	}
}

func (s *sweep) visit(v any) {
	p := layout.Pointer(v)
	switch layout.KindOf(v) {
	case layout.TableKind:
		t := (*layout.Table)(p)
		s.reachTable(t.MetaTable)
		s.reachAll(t.Array)
		for key, value := range t.Hash {
			s.reach(key)
			s.reach(value)
		}
		s.Table(v)
	case layout.UserdataKind:
		u := (*layout.Userdata)(p)
		s.reachTable(u.MetaTable)
		s.reachTable(u.Env)
	case layout.ClosureKind:
		c := (*layout.Closure)(p)
		for _, u := range c.UpValues {
			if u != nil {
				s.reach(u.Get())
			}
		}
		s.Closure(c)
	case layout.GoClosureKind:
		s.reachAll((*layout.GoClosure)(p).UpValues)
	case layout.StateKind:
		s.reachAll((*layout.State)(p).Stack)
	}
}

func (s *sweep) reachAll(values []any) {
	for _, v := range values {
		s.reach(v)
	}
}
