package spec

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// errorRef is a name in the list of errors of a function.
type errorRef struct {
	Pos
	function *Function
	name     string
}

// readModule reads a file of modules.
func (l *loader) readModule(r *reader, root *yaml.Node) {
	o := r.object(r.at(root), root, "module "+r.fileName(),
		"module", "package", "go", "aliases", "doc", "functions", "constants", "classes")
	m := &Module{
		Pos:     o.pos("module"),
		Name:    o.text("module"),
		Package: o.goIdentifier("package"),
		Go:      o.goPointer("go"),
		Doc:     o.text("doc"),
	}
	if m.Name != "" && m.Name != r.fileName() {
		r.problems.add(m.Pos, "module %s must be in the file modules/%s.yaml", m.Name, m.Name)
	}
	if m.Name != "" {
		r.checkModuleName(m.Pos, o.what, m.Name)
	}
	for _, alias := range o.texts("aliases") {
		r.checkModuleName(alias.Pos, o.what+": alias", alias.name)
		m.Aliases = append(m.Aliases, alias.name)
		l.aliases = append(l.aliases, alias)
	}
	for _, e := range o.named("functions", "function") {
		m.Functions = append(m.Functions, l.function(r, e, &Function{Module: m.Name}))
	}
	for _, e := range o.named("constants", "constant") {
		m.Constants = append(m.Constants, r.constant(e, m.Name))
	}
	for _, e := range o.named("classes", "class") {
		m.Classes = append(m.Classes, l.class(r, e, m.Name))
	}
	l.spec.Modules = append(l.spec.Modules, m)
}

func (l *loader) class(r *reader, e entry, module string) *Class {
	o := r.object(e.Pos, e.node, "class "+module+"."+e.name, "type", "go", "resolve", "doc", "methods", "promises", "only", "editions")
	r.checkLuaName(e.Pos, o.what, e.name)
	c := &Class{
		Pos:    e.Pos,
		Module: module,
		Name:   e.name,
		Type:   o.text("type"),
		Go:     o.goClass("go"),
		Doc:    o.text("doc"),
	}
	c.Resolve = o.optionalText("resolve")
	o.checkGoIdentifier("resolve", c.Resolve)
	if c.Type != "" && c.Type != module+"."+e.name {
		r.problems.add(o.pos("type"), "%s: the type must be %s.%s", o.what, module, e.name)
	}
	for _, e := range o.named("methods", "method") {
		c.Methods = append(c.Methods, l.function(r, e, &Function{Module: module, Class: c.Name}))
	}
	c.Promises = o.promises(module, c.Type)
	c.Only = l.only(o)
	l.classVariants(o, c)
	return c
}

// function completes f, which says where it belongs.
func (l *loader) function(r *reader, e entry, f *Function) *Function {
	f.Pos, f.Name = e.Pos, e.name
	kind := "function "
	if f.Class != "" {
		kind = "method "
	}
	o := r.object(e.Pos, e.node, kind+f.ID(), "doc", "go", "signature", "args", "results", "pushes", "errors", "promises", "only",
		"editions")
	r.checkLuaName(e.Pos, o.what, e.name)
	f.Doc = o.text("doc")
	l.complete(o, f)
	f.Only = l.only(o)
	l.variants(o, f)
	return f
}

// complete reads what a function has beside its documentation.
func (l *loader) complete(o object, f *Function) {
	r := o.reader
	f.Go = o.optionalText("go")
	o.checkGoIdentifier("go", f.Go)
	f.Signature = o.optionalText("signature")
	for _, n := range o.list("args") {
		f.Args = append(f.Args, r.arg(n, o.what))
	}
	checkArgs(r.problems, o.what, f.Args)
	if (f.Signature == "") != (len(f.Args) == 0) {
		r.problems.add(o.Pos, "%s: signature and args must both be there or both be absent", o.what)
	}
	for _, n := range o.list("results") {
		f.Results = append(f.Results, r.result(n, o.what))
	}
	f.Pushes = o.flag("pushes")
	if f.Pushes && len(f.Results) == 0 {
		r.problems.add(o.pos("pushes"), "%s: pushes without results", o.what)
	}
	for _, name := range o.texts("errors") {
		l.errorRefs = append(l.errorRefs, errorRef{name.Pos, f, name.name})
	}
	f.Promises = o.promises(f.Module, f.ID())
}

func (r *reader) result(n *yaml.Node, of string) *Result {
	o := r.object(r.at(n), n, of+": result", "type", "name", "optional", "doc")
	return &Result{
		Pos:      o.pos("type"),
		Name:     o.optionalText("name"),
		Types:    o.types("type"),
		Optional: o.flag("optional"),
		Doc:      o.text("doc"),
	}
}

// types returns the parts of a union of types.
func (o object) types(key string) []string {
	text := o.text(key)
	if text == "" {
		return nil
	}
	return strings.Split(text, "|")
}

var constantTypes = []string{"string", "integer", "number", "boolean"}

func (r *reader) constant(e entry, module string) *Constant {
	o := r.object(e.Pos, e.node, "constant "+module+"."+e.name, "type", "value", "doc")
	r.checkLuaName(e.Pos, o.what, e.name)
	c := &Constant{Pos: e.Pos, Name: e.name, Type: o.text("type"), Doc: o.text("doc")}
	if c.Type != "" && !slices.Contains(constantTypes, c.Type) {
		r.problems.add(o.pos("type"), "%s: unknown type %s (want %s)", o.what, c.Type, strings.Join(constantTypes, ", "))
	}
	if text := o.text("value"); text != "" {
		expr, err := parseExpr(text)
		if err != nil {
			r.problems.add(o.pos("value"), "%s: value: %v", o.what, err)
		}
		c.Value = expr
	}
	return c
}

func (o object) promises(module, entry string) []Promise {
	var all []Promise
	for _, e := range o.named("promises", "promise") {
		if !dottedName.MatchString(e.name) {
			o.problems.add(e.Pos, "%s: promise %q: want an id such as state.call", o.what, e.name)
		}
		p := Promise{Pos: e.Pos, ID: e.name, Module: module, Entry: entry}
		if o.is(e.node, yaml.ScalarNode, o.what+": promise "+e.name) {
			p.Text = e.node.Value
		}
		all = append(all, p)
	}
	return all
}
