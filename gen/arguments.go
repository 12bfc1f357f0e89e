package gen

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// takers are the methods of binding.Args that take arguments which become Go values. There is one with Maybe in front
// for those that may be absent.
var takers = map[string]string{
	"string":  "String",
	"integer": "Integer",
	"number":  "Number",
	"boolean": "Boolean",
}

// luaTypes are the names in package backend of the types that arguments may have; types of classes are Userdata.
var luaTypes = map[string]string{
	"string":   "String",
	"integer":  "Number",
	"number":   "Number",
	"boolean":  "Boolean",
	"function": "FunctionType",
	"table":    "Table",
}

func luaType(typ string) *jen.Statement {
	name, ok := luaTypes[typ]
	if !ok {
		name = "Userdata"
	}
	return jen.Qual(backendPath, name)
}

// takeArgument returns the expression that takes the argument with the given number, counted from 0, out of from, which
// is a or c.Args().
func takeArgument(m *spec.Module, f *spec.Function, number int, from *jen.Statement) *jen.Statement {
	a := f.Args[number]
	if a.Name == spec.Rest {
		// a.Rest()
		return from.Dot("Rest").Call()
	}
	switch {
	case a.Leading:
		// a.Leading(true, backend.String, backend.Nil)
		followed := slices.ContainsFunc(f.Args[number+1:], (*spec.Arg).Required)
		types := []jen.Code{jen.Lit(followed)}
		for _, typ := range a.Types {
			types = append(types, luaType(typ))
		}
		if a.Nil {
			types = append(types, jen.Qual(backendPath, "Nil"))
		}
		from.Dot("Leading").Call(types...)
	case a.Optional:
		// a.Opt()
		from.Dot("Opt").Call()
	case a.Nil:
		// a.OrNil()
		from.Dot("OrNil").Call()
	}
	if c := ownClass(m, a); c != nil {
		// binding.Object[*bufferRef](a.Opt(), "mtmsg.buffer")
		object := jen.Qual(bindingPath, "Object").Types(userdataType(c)).Call(from, jen.Lit(c.Type))
		if c.Go == "" {
			object.Dot("Object")
		}
		return object
	}
	typ, scalar := a.Scalar()
	if !scalar {
		return takeIndex(from, a)
	}
	if a.Min != "" {
		// a.Opt().AtLeast(0)
		from.Dot("AtLeast").Call(jen.Op(a.Min))
	}
	switch {
	case a.Default != "":
		// a.Opt().MaybeInteger().Or(1024)
		return from.Dot("Maybe" + takers[typ]).Call().Dot("Or").Call(jen.Op(a.Default))
	case a.Required():
		// a.String()
		return from.Dot(takers[typ]).Call()
	}
	// a.Opt().MaybeString()
	return from.Dot("Maybe" + takers[typ]).Call()
}

// ownClass returns the class that an argument is of when it becomes a Go value: a single one of the module.
func ownClass(m *spec.Module, a *spec.Arg) *spec.Class {
	for _, c := range m.Classes {
		if len(a.Types) == 1 && a.Types[0] == c.Type {
			return c
		}
	}
	return nil
}

// takeIndex returns the call that takes an argument of several types, or of a class, as an index of the stack.
func takeIndex(from *jen.Statement, a *spec.Arg) *jen.Statement {
	var types, names []jen.Code
	classes := false
	for _, typ := range a.Types {
		if typ == "value" {
			// a.Any()
			return from.Dot("Any").Call()
		}
		types = append(types, luaType(typ))
		if _, builtin := luaTypes[typ]; !builtin {
			classes = true
		} else if typ == "integer" {
			typ = "number"
		}
		names = append(names, jen.Lit(typ))
	}
	if classes {
		// a.Union("table", "mtmsg.buffer")
		return from.Dot("Union").Call(names...)
	}
	// a.OneOf(backend.FunctionType, backend.String)
	return from.Dot("OneOf").Call(types...)
}
