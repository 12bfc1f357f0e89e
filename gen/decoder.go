package gen

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// scalar says how an argument that becomes a Go value is handled.
type scalar struct {
	goType string // of its field
	read   string // the function of package arg; Opt in front of it is the one for optional arguments
}

var scalars = map[string]scalar{
	"string":  {"string", "String"},
	"integer": {"int64", "Integer"},
	"number":  {"float64", "Number"},
	"boolean": {"bool", "Boolean"},
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

// decodes reports whether a function has a decoder: it has arguments other than "...".
func decodes(f *spec.Function) bool { return len(f.Args) > 0 && f.Args[0].Name != spec.Rest }

// decoder writes the struct of a function's arguments and the function that fills it.
type decoder struct {
	function *spec.Function
	self     int  // 1 for methods, whose object is at index 1 and not counted in messages
	moving   bool // arguments may be left out in front, so that indexes are in the variable i
}

func (w moduleWriter) decoder(f *spec.Function) {
	d := decoder{function: f, moving: f.Args[0].Leading}
	if f.Class != "" {
		d.self = 1
	}
	names := namesOf(f)
	// // newstateArgs are the arguments of mtstates.newstate: [name,] [libs,] setup [, ...].
	// type newstateArgs struct {
	//	name    string // name of the new state
	//	hasName bool
	//	setup   int // index: a Lua function
	//	rest    int // index of the first further argument
	// }
	w.Add(comment(names.args + " are the arguments of " + f.ID() + ": " + sentence(f.Signature)))
	w.Type().Id(names.args).StructFunc(func(g *jen.Group) {
		for _, a := range f.Args {
			d.fields(g, a)
		}
	})
	// func decodeNewstate(s backend.VM) newstateArgs {
	//	var a newstateArgs
	//	...
	//	return a
	// }
	w.Func().Id(names.decoder).Params(jen.Id("s").Qual(backendPath, "VM")).Id(names.args).
		BlockFunc(func(g *jen.Group) {
			d.begin(g, names.args)
			for i, a := range f.Args {
				d.decode(g, a, i)
			}
			g.Return(jen.Id("a"))
		})
}

// fieldCommentWidth is the longest comment behind a field; longer ones stand above it.
const fieldCommentWidth = 60

// fields declares what an argument becomes.
func (d decoder) fields(g *jen.Group, a *spec.Arg) {
	if a.Name == spec.Rest {
		g.Id("rest").Int().Comment("index of the first further argument")
		return
	}
	field := jen.Id(unexported(a.Name)).Int()
	doc := a.Doc
	switch typ, ok := a.Scalar(); {
	case ok:
		field = jen.Id(unexported(a.Name)).Id(scalars[typ].goType)
	case a.Required():
		doc = "index: " + doc
	default:
		doc = "index, 0 when it is not given: " + doc
	}
	if len(doc) > fieldCommentWidth {
		g.Add(comment(doc))
		g.Add(field)
	} else {
		g.Add(field).Comment(doc)
	}
	if d.hasFlag(a) {
		g.Id(flagName(a)).Bool()
	}
}

// hasFlag reports whether a field tells if the argument was given.
func (d decoder) hasFlag(a *spec.Arg) bool {
	_, ok := a.Scalar()
	return ok && !a.Required() && a.Default == ""
}

func flagName(a *spec.Arg) string { return "has" + exported(a.Name) }

// begin declares a, with the defaults, and i if there is need of it.
func (d decoder) begin(g *jen.Group, typeName string) {
	var defaults []jen.Code
	for _, a := range d.function.Args {
		if a.Default != "" {
			defaults = append(defaults, jen.Id(unexported(a.Name)).Op(":").Op(a.Default))
		}
	}
	if len(defaults) > 0 {
		// a := newstateArgs{libs: true}
		g.Id("a").Op(":=").Id(typeName).Values(defaults...)
	} else {
		// var a newstateArgs
		g.Var().Id("a").Id(typeName)
	}
	if d.moving {
		// i := 1
		g.Id("i").Op(":=").Lit(1 + d.self)
	}
}

// index returns the place of the argument with the given number, from 0.
func (d decoder) index(number int) *jen.Statement {
	if d.moving {
		return jen.Id("i")
	}
	return jen.Lit(number + 1 + d.self)
}

// read returns arg.String(s, i, i, "newstate").
func (d decoder) read(name string, number int, more ...jen.Code) *jen.Statement {
	counted := jen.Lit(number + 1)
	if d.moving {
		counted = jen.Id("i")
		if d.self > 0 {
			counted = jen.Id("i").Op("-").Lit(d.self)
		}
	}
	args := []jen.Code{jen.Id("s"), d.index(number), counted, jen.Lit(d.function.Name)}
	return jen.Qual(argPath, name).Call(append(args, more...)...)
}

// typeAt returns s.Type(i).
func (d decoder) typeAt(number int) *jen.Statement { return call("Type", d.index(number)) }

// decode writes what takes one argument.
func (d decoder) decode(g *jen.Group, a *spec.Arg, number int) {
	switch {
	case a.Name == spec.Rest:
		// a.rest = i
		g.Id("a").Dot("rest").Op("=").Add(d.index(number))
	case a.Leading:
		// if s.GetTop() > i && (s.Type(i) == backend.String || s.Type(i) == backend.Nil) {
		//	a.name, a.hasName = arg.OptString(s, i, i, "newstate")
		//	i++
		// }
		// Without required arguments behind it: if s.Type(i) == backend.String {
		condition := d.fits(a, number)
		if d.required(number + 1) {
			condition = call("GetTop").Op(">").Id("i").Op("&&").Add(parenthesised(condition, a))
		}
		g.If(condition).BlockFunc(func(g *jen.Group) {
			d.take(g, a, number)
			g.Id("i").Op("++")
		})
	default:
		d.take(g, a, number)
		if d.moving && number < len(d.function.Args)-1 {
			// i++
			g.Id("i").Op("++")
		}
	}
}

// required reports whether one of the arguments from the given number on must be there.
func (d decoder) required(from int) bool {
	return slices.ContainsFunc(d.function.Args[from:], (*spec.Arg).Required)
}

// parenthesised puts the condition of a leading argument into parentheses when it has several terms.
func parenthesised(condition *jen.Statement, a *spec.Arg) *jen.Statement {
	if len(a.Types) > 1 || a.Nil {
		return jen.Parens(condition)
	}
	return condition
}

// fits returns s.Type(i) == backend.String || s.Type(i) == backend.Nil, the condition of a leading argument.
func (d decoder) fits(a *spec.Arg, number int) *jen.Statement {
	var terms []jen.Code
	for _, typ := range a.Types {
		terms = append(terms, d.typeAt(number).Op("==").Add(luaType(typ)))
	}
	if a.Nil {
		terms = append(terms, d.typeAt(number).Op("==").Qual(backendPath, "Nil"))
	}
	condition := new(jen.Statement)
	for i, term := range terms {
		if i > 0 {
			condition.Op("||")
		}
		condition.Add(term)
	}
	return condition
}

// take writes the assignment to an argument's fields.
func (d decoder) take(g *jen.Group, a *spec.Arg, number int) {
	field := jen.Id("a").Dot(unexported(a.Name))
	typ, isScalar := a.Scalar()
	mayBeNil := a.Optional || a.Nil
	switch {
	case a.Nil && !a.Optional && !a.Leading:
		// if s.Type(2) != backend.Nil {
		//	a.notifier = arg.Union(s, 2, 1, "notifier", "mtmsg.buffer")
		// }
		g.If(d.typeAt(number).Op("!=").Qual(backendPath, "Nil")).BlockFunc(func(g *jen.Group) {
			switch {
			case !isScalar:
				g.Add(field).Op("=").Add(d.union(a, number))
			case d.hasFlag(a):
				g.List(field, jen.Id("a").Dot(flagName(a))).Op("=").List(d.read(scalars[typ].read, number), jen.True())
			default:
				g.Add(field).Op("=").Add(d.read(scalars[typ].read, number))
			}
			d.limit(g, a, number)
		})
	case isScalar && a.Default != "" && mayBeNil:
		// if v, ok := arg.OptBoolean(s, 2, 1, "start"); ok {
		//	a.detached = v
		// }
		g.If(
			jen.List(jen.Id("v"), jen.Id("ok")).Op(":=").Add(d.read("Opt"+scalars[typ].read, number)),
			jen.Id("ok"),
		).BlockFunc(func(g *jen.Group) {
			g.Add(field).Op("=").Id("v")
			d.limit(g, a, number)
		})
	case isScalar && d.hasFlag(a):
		// a.name, a.hasName = arg.OptString(s, i, i, "newstate")
		g.List(field, jen.Id("a").Dot(flagName(a))).Op("=").Add(d.read("Opt"+scalars[typ].read, number))
		if a.Min != "" {
			// if a.hasSize {
			//	...
			// }
			g.If(jen.Id("a").Dot(flagName(a))).BlockFunc(func(g *jen.Group) { d.limit(g, a, number) })
		}
	case isScalar:
		// a.seconds = arg.Number(s, 1, 1, "sleep")
		g.Add(field).Op("=").Add(d.read(scalars[typ].read, number))
		d.limit(g, a, number)
	case mayBeNil:
		// if s.Type(2) > backend.Nil {
		//	a.callback = arg.OneOf(s, 2, 2, "on", backend.FunctionType)
		// }
		g.If(d.typeAt(number).Op(">").Qual(backendPath, "Nil")).Block(field.Op("=").Add(d.union(a, number)))
	default:
		// a.setup = arg.OneOf(s, i, i, "newstate", backend.FunctionType, backend.String)
		g.Add(field).Op("=").Add(d.union(a, number))
	}
}

// limit writes the check of an argument that has a minimum.
func (d decoder) limit(g *jen.Group, a *spec.Arg, number int) {
	if a.Min == "" {
		return
	}
	// arg.AtLeast(s, i, i, "newbuffer", 0)
	g.Add(d.read("AtLeast", number, jen.Op(a.Min)))
}

// union returns the call that checks an argument of several types, or of a class, and gives its index.
func (d decoder) union(a *spec.Arg, number int) *jen.Statement {
	var types, names []jen.Code
	classes := false
	for _, typ := range a.Types {
		if typ == "value" {
			return d.read("Any", number)
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
		return d.read("Union", number, names...)
	}
	return d.read("OneOf", number, types...)
}
