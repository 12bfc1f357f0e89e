// Package classes finds methods of userdata without looking them up. Only package gopherlua and its repairs import it.
//
// The fault: the VM looks up each method that is called in the metatable and then in its __index, which takes as long as all
// the rest of the call of a Go function. When it does not, this package can go.
//
// # Why it is right
//
// Package binding makes the metatable of a class and its __index, and says so: see backend.ClassHider. No script gets hold of
// these two but through Go code that hands out them, or the registry: debug.getmetatable, and what hosts write themselves.
// So the class goes with them, as the metatable of both, which the VM takes for none, and is dropped by [Show] when Go code
// hands out one of them. Go code that changes them calls [Changed].
package classes

import lua "github.com/yuin/gopher-lua"

// Class has the methods of a class that were called.
type Class struct {
	metatable, methods *lua.LTable
	known              [maxKnown]method
	length             int
}

type method struct {
	name     string
	function lua.LValue
}

const maxKnown = 8

// String and Type make *Class a value of the VM.
func (*Class) String() string       { return "mtstates.class" }
func (*Class) Type() lua.LValueType { return lua.LTUserData }

// Of returns the class of a userdata, nil if it has none whose methods are known.
func Of(u *lua.LUserData) *Class {
	if mt, ok := u.Metatable.(*lua.LTable); ok {
		c, _ := mt.Metatable.(*Class)
		return c
	}
	return nil
}

// Method returns a method, nil if there is none of the name.
func (c *Class) Method(name string) lua.LValue {
	for i := range c.known[:c.length] {
		if c.known[i].name == name {
			return c.known[i].function
		}
	}
	return c.find(name)
}

func (c *Class) find(name string) lua.LValue {
	f := c.methods.RawGetString(name)
	if f == lua.LNil {
		return nil
	}
	if c.length < maxKnown {
		c.known[c.length] = method{name, f}
		c.length++
	}
	return f
}

// forget drops the class.
func (c *Class) forget() {
	for _, t := range []*lua.LTable{c.metatable, c.methods} {
		if t.Metatable == lua.LValue(c) {
			t.Metatable = lua.LNil
		}
	}
}

// Set has the classes of a VM.
type Set struct {
	all   []*Class
	shown bool // scripts may have the registry, and so all metatables in it
}

// Add makes a class of a metatable that only Go code has, if it can be one.
func (s *Set) Add(metatable *lua.LTable) {
	methods, ok := metatable.RawGetString("__index").(*lua.LTable)
	if !ok || s.shown || methods == metatable || metatable.Metatable != lua.LNil || methods.Metatable != lua.LNil {
		return
	}
	c := &Class{metatable: metatable, methods: methods}
	metatable.Metatable, methods.Metatable = c, c
	s.all = append(s.all, c)
}

// ShowAll is Show for the registry.
func (s *Set) ShowAll() {
	s.shown = true
	for _, c := range s.all {
		c.forget()
	}
	s.all = nil
}

// Changed is called before Go code changes a table.
func Changed(t *lua.LTable) {
	if c, ok := t.Metatable.(*Class); ok {
		c.forget()
	}
}
