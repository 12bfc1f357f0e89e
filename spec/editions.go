package spec

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"
)

// readEditions reads editions.yaml.
func (l *loader) readEditions(r *reader, root *yaml.Node) {
	file := r.object(r.at(root), root, "the file", "editions", "rules", "differences")
	file.require("editions")
	for _, e := range file.named("rules", "rule") {
		o := r.object(e.Pos, e.node, "rule "+e.name, "doc", "without")
		r.checkLuaName(e.Pos, o.what, e.name)
		l.spec.Rules = append(l.spec.Rules, &Rule{Pos: e.Pos, Name: e.name, Doc: o.text("doc"), Without: o.text("without")})
	}
	for _, e := range file.named("editions", "edition") {
		l.spec.Editions = append(l.spec.Editions, l.edition(r, e))
	}
	for _, n := range file.list("differences") {
		o := r.object(r.at(n), n, "difference", "edition", "original", "ours", "why")
		d := Difference{
			Pos:      o.Pos,
			Edition:  o.text("edition"),
			Original: o.text("original"),
			Ours:     o.text("ours"),
			Why:      o.text("why"),
		}
		l.editionRefs = append(l.editionRefs, entry{Pos: o.pos("edition"), name: d.Edition})
		l.spec.Differences = append(l.spec.Differences, d)
	}
}

func (l *loader) edition(r *reader, e entry) *Edition {
	o := r.object(e.Pos, e.node, "edition "+e.name, "doc", "rules")
	edition := &Edition{Pos: e.Pos, Name: e.name, Doc: o.text("doc")}
	for _, name := range o.texts("rules") {
		at := slices.IndexFunc(l.spec.Rules, func(rule *Rule) bool { return rule.Name == name.name })
		if at < 0 {
			r.problems.add(name.Pos, "%s: there is no rule %s", o.what, name.name)
			continue
		}
		edition.Rules = append(edition.Rules, l.spec.Rules[at])
	}
	return edition
}

// only reads the names of the editions in which an entry exists.
func (l *loader) only(o object) Only {
	var names Only
	for _, name := range o.texts("only") {
		l.editionRefs = append(l.editionRefs, name)
		names = append(names, name.name)
	}
	return names
}

// variants reads what a function is in some editions. A key replaces that of the function, but promises are added to the
// function's, and those under without do not hold.
func (l *loader) variants(o object, f *Function) {
	for _, e := range o.named("editions", "edition") {
		l.editionRefs = append(l.editionRefs, e)
		own := o.variant(e, "doc", "go", "signature", "args", "results", "pushes", "errors", "promises", "without")
		merged := own
		merged.fields = maps.Clone(o.fields)
		delete(merged.fields, "promises")
		maps.Copy(merged.fields, own.fields)
		v := &Function{Pos: e.Pos, Module: f.Module, Class: f.Class, Name: f.Name, Doc: merged.text("doc")}
		l.complete(merged, v)
		v.without = own.withoutPromises(f.Promises)
		if f.Variants == nil {
			f.Variants = map[string]*Function{}
		}
		f.Variants[e.name] = v
	}
}

// classVariants is variants for a class.
func (l *loader) classVariants(o object, c *Class) {
	for _, e := range o.named("editions", "edition") {
		l.editionRefs = append(l.editionRefs, e)
		own := o.variant(e, "doc", "promises", "without")
		v := &Class{Pos: e.Pos, Module: c.Module, Name: c.Name, Type: c.Type, Go: c.Go, Doc: c.Doc}
		if doc := own.optionalText("doc"); doc != "" {
			v.Doc = doc
		}
		v.Promises = own.promises(c.Module, c.Type)
		v.without = own.withoutPromises(c.Promises)
		if c.Variants == nil {
			c.Variants = map[string]*Class{}
		}
		c.Variants[e.name] = v
	}
}

// variant reads what an entry is in an edition.
func (o object) variant(e entry, known ...string) object {
	return o.object(e.Pos, e.node, o.what+": edition "+e.name, known...)
}

// withoutPromises reads which of some promises do not hold.
func (o object) withoutPromises(promises []Promise) (ids []string) {
	for _, id := range o.texts("without") {
		if !slices.ContainsFunc(promises, func(p Promise) bool { return p.ID == id.name }) {
			o.problems.add(id.Pos, "%s: without %s, which is not promised", o.what, id.name)
		}
		ids = append(ids, id.name)
	}
	return ids
}

// checkEditions checks that the editions exist which entries name.
func (l *loader) checkEditions() {
	for _, ref := range l.editionRefs {
		if !slices.ContainsFunc(l.spec.Editions, func(e *Edition) bool { return e.Name == ref.name }) {
			l.problems.add(ref.Pos, "there is no edition %s", ref.name)
		}
	}
}

// In returns the module as it is in an edition, without what exists only in others.
func (m *Module) In(edition string) *Module {
	view := *m
	view.Functions = functionsIn(edition, m.Functions)
	view.Classes = nil
	for _, c := range m.Classes {
		if c.Only.In(edition) {
			view.Classes = append(view.Classes, c.in(edition))
		}
	}
	return &view
}

func (c *Class) in(edition string) *Class {
	view := *c
	if v := c.Variants[edition]; v != nil {
		view.Doc = v.Doc
		view.Promises = holding(c.Promises, v.without, v.Promises)
	}
	view.Methods = functionsIn(edition, c.Methods)
	return &view
}

func functionsIn(edition string, functions []*Function) (in []*Function) {
	for _, f := range functions {
		if !f.Only.In(edition) {
			continue
		}
		if v := f.Variants[edition]; v != nil {
			view := *v
			view.Promises = holding(f.Promises, v.without, v.Promises)
			f = &view
		}
		in = append(in, f)
	}
	return in
}

// In returns the documentation of a function in an edition, and the promises that only some editions keep and this one
// does.
func (f *Function) In(edition string) (doc string, own []Promise) {
	if v := f.Variants[edition]; v != nil {
		return v.Doc, v.Promises
	}
	var without []string
	for _, v := range f.Variants {
		without = append(without, v.without...)
	}
	return f.Doc, slices.DeleteFunc(slices.Clone(f.Promises), func(p Promise) bool { return !slices.Contains(without, p.ID) })
}

// Own is Function.In for a class, without its methods.
func (c *Class) Own(edition string) (doc string, own []Promise) {
	if v := c.Variants[edition]; v != nil {
		return v.Doc, v.Promises
	}
	var without []string
	for _, v := range c.Variants {
		without = append(without, v.without...)
	}
	return c.Doc, slices.DeleteFunc(slices.Clone(c.Promises), func(p Promise) bool { return !slices.Contains(without, p.ID) })
}

// holding returns promises without some of them and with those that are added.
func holding(promises []Promise, without []string, added []Promise) []Promise {
	held := slices.DeleteFunc(slices.Clone(promises), func(p Promise) bool { return slices.Contains(without, p.ID) })
	return append(held, added...)
}

// EditionErrors returns the errors of a module in an edition.
func (s *Spec) EditionErrors(module, edition string) []*Error {
	return slices.DeleteFunc(s.ModuleErrors(module), func(e *Error) bool { return !e.In(edition) })
}
