package spec

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Rest is the name of an argument or result that stands for any number of further ones.
const Rest = "..."

// argumentTypes are the types that an argument can have, beside the types of classes. A value is of any type, but not
// absent.
var argumentTypes = []string{"string", "integer", "number", "boolean", "function", "table", "value"}

// scalarTypes are the types whose arguments reach Go as values and not as an index of the stack.
var scalarTypes = []string{"string", "integer", "number", "boolean"}

// Scalar returns the type of an argument that becomes a Go value; ok is false if it becomes an index.
func (a *Arg) Scalar() (typ string, ok bool) {
	if len(a.Types) == 1 && slices.Contains(scalarTypes, a.Types[0]) {
		return a.Types[0], true
	}
	return "", false
}

// Required reports whether a call without the argument is an error.
func (a *Arg) Required() bool { return !a.Leading && !a.Nil && !a.Optional && a.Name != Rest }

// PushesResults reports whether the Go function of f pushes its results itself and returns their number. Otherwise all of
// them are Go values: scalars and objects of the module's classes, which may be nil or absent.
func (f *Function) PushesResults() bool {
	optional := false
	for _, r := range f.Results {
		optional = optional || r.Optional
		if r.Name == Rest || optional != r.Optional || !f.isGoValue(r) {
			return true
		}
	}
	return f.Pushes
}

func (f *Function) isGoValue(r *Result) bool {
	typ, ok := r.Single()
	switch {
	case !ok || r.Nil() && r.Optional:
		return false
	case slices.Contains(scalarTypes, typ):
		return true
	}
	return strings.HasPrefix(typ, f.Module+".")
}

// Single returns the type of a result, apart from nil; ok is false if it may have several.
func (r *Result) Single() (typ string, ok bool) {
	types := slices.DeleteFunc(slices.Clone(r.Types), func(typ string) bool { return typ == "nil" })
	if len(types) != 1 {
		return "", false
	}
	return types[0], true
}

// Nil reports whether the result may be nil.
func (r *Result) Nil() bool { return slices.Contains(r.Types, "nil") }

func (r *reader) arg(n *yaml.Node, of string) *Arg {
	o := r.object(r.at(n), n, of+": argument", "name", "type", "leading", "nil", "optional", "default", "min", "doc")
	a := &Arg{
		Pos:      o.Pos,
		Name:     o.text("name"),
		Types:    o.types("type"),
		Leading:  o.flag("leading"),
		Nil:      o.flag("nil"),
		Optional: o.flag("optional"),
		Default:  o.optionalText("default"),
		Min:      o.optionalText("min"),
		Doc:      o.text("doc"),
	}
	if a.Name != "" && a.Name != Rest {
		if !isGoIdentifier(a.Name) || !luaName.MatchString(a.Name) {
			r.problems.add(o.pos("name"), "%s: argument name %q cannot be a Go name", of, a.Name)
		} else {
			r.checkLuaName(o.pos("name"), of+": argument "+a.Name, a.Name)
		}
	}
	r.checkDefault(o, a)
	r.checkMin(o, a)
	return a
}

// checkDefault checks that a default is a literal of the argument's type.
func (r *reader) checkDefault(o object, a *Arg) {
	if a.Default == "" {
		return
	}
	typ, ok := a.Scalar()
	switch {
	case !ok || a.Required():
		r.problems.add(o.pos("default"),
			"%s: only optional or leading arguments of type %s have a default", o.what, strings.Join(scalarTypes, ", "))
	case !slices.Contains(literalTypes(a.Default), typ):
		r.problems.add(o.pos("default"), "%s: the default %s is not a Go literal of type %s", o.what, a.Default, typ)
	}
}

// checkMin checks that only numbers have a minimum, and that a default is not below it.
func (r *reader) checkMin(o object, a *Arg) {
	if a.Min == "" {
		return
	}
	typ, _ := a.Scalar()
	if typ != "integer" && typ != "number" {
		r.problems.add(o.pos("min"), "%s: only arguments of type integer or number have a minimum", o.what)
	}
	least, err := strconv.ParseFloat(a.Min, 64)
	if err != nil || !slices.Contains(literalTypes(a.Min), "number") {
		r.problems.add(o.pos("min"), "%s: min: %q is not a number", o.what, a.Min)
		return
	}
	if value, err := strconv.ParseFloat(a.Default, 64); err == nil && value < least {
		r.problems.add(o.pos("default"), "%s: the default %s is below the minimum %s", o.what, a.Default, a.Min)
	}
}

// takenArgumentNames are the names of other parameters of the Go function.
var takenArgumentNames = []string{"vm", "rest"}

// checkArgs checks the arguments of a function as a list.
func checkArgs(problems *Problems, what string, args []*Arg) {
	seen := map[string]bool{}
	optional := false
	for i, a := range args {
		last := i == len(args)-1
		name := a.Name
		if luaName.MatchString(name) {
			name = Unexported(name)
		}
		if seen[name] {
			problems.add(a.Pos, "%s: duplicate argument %s", what, a.Name)
		}
		seen[name] = true
		if slices.Contains(takenArgumentNames, name) {
			problems.add(a.Pos, "%s: the argument cannot be called %s, which generated code uses", what, a.Name)
		}
		if a.Name == Rest {
			if !last {
				problems.add(a.Pos, "%s: the argument ... must be the last", what)
			}
			if a.Leading || a.Nil || a.Optional {
				problems.add(a.Pos, "%s: the argument ... cannot be leading, nil or optional", what)
			}
			continue
		}
		if a.Leading && (last || args[i+1].Name == Rest) {
			problems.add(a.Pos, "%s: leading argument %s needs an argument behind it", what, a.Name)
		}
		if a.Leading && slices.Contains(a.Types, "value") {
			problems.add(a.Pos, "%s: leading argument %s cannot be of type value, which always fits", what, a.Name)
		}
		if a.Leading && optional {
			problems.add(a.Pos, "%s: leading argument %s follows an optional one", what, a.Name)
		}
		if optional && a.Required() {
			problems.add(a.Pos, "%s: required argument %s follows an optional one", what, a.Name)
		}
		optional = optional || a.Optional || a.Nil && !a.Leading
	}
}
