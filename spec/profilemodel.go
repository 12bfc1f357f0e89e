package spec

import "iter"

// Likes are the ways in which the profile decides where Lua 5.1 and Lua 5.2 differ.
var Likes = []string{"Lua 5.1", "Lua 5.2", "neither"}

// Area is a part of the profile: the language, the base functions or a standard library.
type Area struct {
	Pos
	Name       string
	Doc        string
	Needs      string // a capability; empty when all backends have the area
	Class      string // the name of the userdata that Methods are of; empty when there are none
	Functions  []*Standard
	Values     []*Standard
	Methods    []*Standard
	Behaviours []*Behaviour // those of no single function
	Outside    []string     // what a script must not rely on
}

// Standard is a function, a value or a method of standard Lua.
type Standard struct {
	Pos
	ID         string // such as "string.format", "base.print" or "file:read"
	Name       string
	Signature  string // arguments as the manual shows them; empty for a value
	Doc        string
	Like       string // of Likes; empty where Lua 5.1 and 5.2 agree
	Needs      string // a capability; empty when all backends have it
	Behaviours []*Behaviour
}

// Behaviour is one sentence of the profile.
type Behaviour struct {
	Pos
	ID    string
	Text  string
	Like  string // as in Standard
	Needs string
}

// ProfileEntry is the common part of functions, values, methods and behaviours of the profile.
type ProfileEntry struct {
	Pos
	ID    string
	Like  string
	Needs string // the entry's own capability or that of its area
}

// Standards yields functions, values and methods.
func (a *Area) Standards() iter.Seq[*Standard] {
	return func(yield func(*Standard) bool) {
		for _, list := range [][]*Standard{a.Functions, a.Values, a.Methods} {
			for _, s := range list {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// ProfileEntries returns all entries of the profile in the order of the file.
func (s *Spec) ProfileEntries() []ProfileEntry {
	var all []ProfileEntry
	for _, a := range s.Profile {
		add := func(at Pos, id, like, needs string) {
			if needs == "" {
				needs = a.Needs
			}
			all = append(all, ProfileEntry{at, id, like, needs})
		}
		for standard := range a.Standards() {
			add(standard.Pos, standard.ID, standard.Like, standard.Needs)
			for _, b := range standard.Behaviours {
				add(b.Pos, b.ID, b.Like, b.Needs)
			}
		}
		for _, b := range a.Behaviours {
			add(b.Pos, b.ID, b.Like, b.Needs)
		}
	}
	return all
}
