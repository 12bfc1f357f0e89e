package spec

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// readProfile reads profile.yaml.
func (l *loader) readProfile(r *reader, root *yaml.Node) {
	file := r.object(r.at(root), root, "the file", "areas")
	file.require("areas")
	for _, e := range file.named("areas", "area") {
		l.spec.Profile = append(l.spec.Profile, r.area(e))
	}
}

func (r *reader) area(e entry) *Area {
	o := r.object(e.Pos, e.node, "area "+e.name,
		"doc", "needs", "class", "functions", "values", "methods", "behaviours", "outside")
	r.checkLuaName(e.Pos, o.what, e.name)
	a := &Area{
		Pos:   e.Pos,
		Name:  e.name,
		Doc:   o.text("doc"),
		Needs: o.optionalText("needs"),
		Class: o.optionalText("class"),
	}
	if _, methods := o.fields["methods"]; methods != (a.Class != "") {
		r.problems.add(e.Pos, "%s: class and methods must both be there or both be absent", o.what)
	}
	for _, f := range o.named("functions", "function") {
		a.Functions = append(a.Functions, r.callable(f, e.name+"."))
	}
	for _, v := range o.named("values", "value") {
		value := r.object(v.Pos, v.node, e.name+"."+v.name, "doc", "like", "needs", "behaviours")
		a.Values = append(a.Values, value.standard(v, e.name+"."))
	}
	for _, m := range o.named("methods", "method") {
		a.Methods = append(a.Methods, r.callable(m, a.Class+":"))
	}
	a.Behaviours = o.behaviours(e.name)
	for _, text := range o.texts("outside") {
		if text.name == "" {
			r.problems.add(text.Pos, "%s: outside: empty text", o.what)
		}
		a.Outside = append(a.Outside, text.name)
	}
	return a
}

// callable reads a function or a method; prefix and name are its id. An empty signature stands for no arguments.
func (r *reader) callable(e entry, prefix string) *Standard {
	o := r.object(e.Pos, e.node, prefix+e.name, "signature", "doc", "like", "needs", "behaviours")
	s := o.standard(e, prefix)
	o.require("signature")
	if n, ok := o.fields["signature"]; ok && o.is(n, yaml.ScalarNode, o.what+": signature") {
		s.Signature = strings.TrimSpace(n.Value)
	}
	return s
}

// standard reads the keys that functions, methods and values share.
func (o object) standard(e entry, prefix string) *Standard {
	o.what = prefix + e.name
	o.checkLuaName(e.Pos, o.what, e.name)
	return &Standard{
		Pos:        e.Pos,
		ID:         o.what,
		Name:       e.name,
		Doc:        o.text("doc"),
		Like:       o.like(),
		Needs:      o.optionalText("needs"),
		Behaviours: o.behaviours(o.what),
	}
}

// behaviours reads the behaviours below an entry: sentences, or mappings with text.
func (o object) behaviours(id string) []*Behaviour {
	var all []*Behaviour
	for _, e := range o.named("behaviours", "behaviour") {
		b := &Behaviour{Pos: e.Pos, ID: id + "." + e.name}
		if !dottedName.MatchString(e.name) {
			o.problems.add(e.Pos, "%s: behaviour %q: want a name such as base.sign", o.what, e.name)
		}
		switch {
		case e.node.Kind == yaml.MappingNode:
			long := o.object(e.Pos, e.node, b.ID, "text", "like", "needs")
			b.Text, b.Like, b.Needs = long.text("text"), long.like(), long.optionalText("needs")
		case isNull(e.node) || e.node.Kind == yaml.ScalarNode && strings.TrimSpace(e.node.Value) == "":
			o.problems.add(e.Pos, "%s: missing text", b.ID)
		case o.is(e.node, yaml.ScalarNode, b.ID):
			b.Text = strings.TrimSpace(e.node.Value)
		}
		all = append(all, b)
	}
	return all
}

func (o object) like() string {
	like := o.optionalText("like")
	if like != "" && !slices.Contains(Likes, like) {
		o.problems.add(o.pos("like"), "%s: like %q: want one of %s", o.what, like, strings.Join(Likes, ", "))
	}
	return like
}

// checkProfile checks that each ID of the profile stands for one thing, and that capabilities exist.
func (l *loader) checkProfile() {
	ids := map[string]bool{}
	for _, p := range l.spec.Promises() {
		ids[p.ID] = true
	}
	for f := range l.spec.functions() {
		ids[f.ID()] = true
	}
	for _, e := range l.spec.Errors {
		ids[e.LuaName()] = true
	}
	ofAreas := map[string]bool{}
	for _, a := range l.spec.Profile {
		ofAreas[a.Needs] = true
		l.checkNeeds(a.Pos, "area "+a.Name, a.Needs)
	}
	for _, e := range l.spec.ProfileEntries() {
		if ids[e.ID] {
			l.problems.add(e.Pos, "duplicate entry %s", e.ID)
		}
		ids[e.ID] = true
		if !ofAreas[e.Needs] {
			l.checkNeeds(e.Pos, e.ID, e.Needs)
		}
	}
}
