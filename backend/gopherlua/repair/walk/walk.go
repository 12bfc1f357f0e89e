// Package walk finds the tables of a VM. Only repairs of gopher-lua import it. Their probes have called the checks of package
// layout.
package walk

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// Tables calls visit for each table that l's VM can reach. visit may take fields away.
func Tables(l *lua.LState, visit func(*lua.LTable)) {
	s := sweep{visitor: visit, seen: map[any]struct{}{}}
	for state := l; state != nil; state = state.Parent {
		s.reach(state)
	}
	s.reach(l.G.Registry)
	s.reach(l.G.Global)
	s.reach(l.GetMetatable(lua.LString("")))
	for len(s.found) > 0 {
		v := s.found[len(s.found)-1]
		s.found = s.found[:len(s.found)-1]
		s.visit(v)
	}
}

// sweep is a walk over the values of a VM.
type sweep struct {
	visitor func(*lua.LTable)
	seen    map[any]struct{}
	found   []lua.LValue // seen and not visited
}

func (s *sweep) reach(v lua.LValue) {
	switch v.(type) {
	case *lua.LTable, *lua.LFunction, *lua.LUserData, *lua.LState:
		if _, ok := s.seen[v]; !ok {
			s.seen[v] = struct{}{}
			s.found = append(s.found, v)
		}
	}
}

func (s *sweep) visit(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		s.visitTable(v)
	case *lua.LFunction:
		if v.Env != nil {
			s.reach(v.Env)
		}
		for _, u := range v.Upvalues {
			if u != nil {
				s.reach(u.Value())
			}
		}
	case *lua.LUserData:
		s.reach(v.Metatable)
		if v.Env != nil {
			s.reach(v.Env)
		}
	case *lua.LState:
		s.visitStack(v)
	}
}

func (s *sweep) visitTable(table *lua.LTable) {
	s.reach(table.Metatable)
	t := layout.TableOf(table)
	for _, v := range t.Array {
		s.reach(v)
	}
	for _, v := range t.StrDict {
		s.reach(v)
	}
	for k, v := range t.Dict {
		s.reach(k)
		s.reach(v)
	}
	s.visitor(table)
}

// visitStack reaches what is on the stack of a coroutine or of the VM itself, and its functions.
func (s *sweep) visitStack(l *lua.LState) {
	if l.Env != nil {
		s.reach(l.Env)
	}
	if r := layout.StateOf(l).Reg; r != nil {
		for _, v := range r.Array[:min(r.Top, len(r.Array))] {
			s.reach(v)
		}
	}
}
