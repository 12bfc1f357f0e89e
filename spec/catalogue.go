package spec

import "slices"

// Entry is something that the conformance suite covers.
type Entry struct {
	// ID is the name in the "proves" line of cases: a promise ("call.values"), a function ("mtstates.newstate"), a
	// constant ("mtstates._VERSION"), a method ("mtstates.state:call"), an error ("mtstates.error.object_closed"), an
	// entry of the profile ("string.format", "string.format.q") or an operation ("backend.GetTop").
	ID string
	// Group is the heading above the entry: a module, a function, a type, or a list such as "Errors of mtstates".
	Group string
	// Text is the sentence, or the documentation.
	Text string
}

// Catalogue returns everything that the conformance suite covers, each entry once, in the order of a manual: for each
// module the promises with their functions and methods, then the errors; then the profile, and last the operations of
// backends.
func (s *Spec) Catalogue() []Entry {
	var all []Entry
	add := func(e Entry) {
		known := func(other Entry) bool { return other.ID == e.ID }
		if !slices.ContainsFunc(all, known) { // a promise may have the ID of its function
			all = append(all, e)
		}
	}
	promises := func(list []Promise) {
		for _, p := range list {
			add(Entry{p.ID, p.Entry, p.Text})
		}
	}
	for _, m := range s.Modules {
		for _, f := range m.Functions {
			promises(s.FunctionPromises(f))
			add(Entry{f.ID(), f.ID(), f.Doc})
		}
		for _, c := range m.Constants {
			add(Entry{m.Name + "." + c.Name, "Constants of " + m.Name, c.Doc})
		}
		for _, c := range m.Classes {
			promises(s.ClassPromises(c))
			for _, f := range c.Methods {
				promises(s.FunctionPromises(f))
				add(Entry{f.ID(), f.ID(), f.Doc})
			}
		}
		for _, e := range s.ModuleErrors(m.Name) {
			add(Entry{e.LuaName(), "Errors of " + m.Name, e.Doc})
		}
	}
	for _, a := range s.Profile {
		group := "Profile: " + a.Name
		behaviours := func(list []*Behaviour) {
			for _, b := range list {
				add(Entry{b.ID, group, b.Text})
			}
		}
		for standard := range a.Standards() {
			add(Entry{standard.ID, group, standard.Doc})
			behaviours(standard.Behaviours)
		}
		behaviours(a.Behaviours)
	}
	for _, op := range s.Operations {
		add(Entry{"backend." + op.Name, "Operations of backends", op.Doc})
	}
	return all
}
