package gen

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// interfaces writes the Go interfaces of a module and of its classes, as far as the spec names no types for them, with
// what a program needs to use them.
func (w moduleWriter) interfaces() {
	if w.Module.Go == "" {
		w.moduleInterface()
	}
	for _, c := range w.Classes {
		if c.Go == "" {
			w.classInterface(c)
		}
	}
}

func (w moduleWriter) moduleInterface() {
	// // Module is what the functions of the Lua module shop do. ...
	// type Module interface {
	//	// Cart is shop.cart(customer). ...
	//	Cart(vm backend.VM, customer string) (Cart, error)
	// }
	w.Add(comment("Module is what the functions of the Lua module " + w.Name + " do. " + sentence(w.Doc)))
	w.Comment("//")
	w.Add(comment("A method returns what the function returns in Lua; an error is raised there. It may be called by the VMs " +
		"of several goroutines at a time when these share the Module."))
	w.Type().Id("Module").InterfaceFunc(func(g *jen.Group) {
		for _, f := range w.Functions {
			w.method(g, f)
		}
		for _, c := range w.Classes {
			for _, f := range c.Methods {
				if c.Go != "" {
					w.method(g, f)
				}
			}
		}
	})
	// // Modules returns the module shop under each of its names, for mtstates.WithModules. ...
	// func Modules(m Module) []mtstates.Module {
	//	open := func(_ *mtstates.Registry, vm backend.VM) int { return Open(vm, m) }
	//	return []mtstates.Module{{Name: "shop", Open: open}}
	// }
	w.Add(comment("Modules returns the module " + w.Name + " under each of its names, for mtstates.WithModules. All VMs share m."))
	modules := jen.Index().Qual(corePath, "Module")
	w.Func().Id("Modules").Params(jen.Id("m").Id("Module")).Add(modules).Block(
		jen.Id("open").Op(":=").Func().
			Params(jen.Id("_").Op("*").Qual(corePath, "Registry"), jen.Id("vm").Qual(backendPath, "VM")).Int().
			Block(jen.Return(jen.Id("Open").Call(jen.Id("vm"), jen.Id("m")))),
		jen.Return(modules.Clone().ValuesFunc(func(g *jen.Group) {
			for _, name := range append([]string{w.Name}, w.Aliases...) {
				g.Values(jen.Id("Name").Op(":").Lit(name), jen.Id("Open").Op(":").Id("open"))
			}
		})),
	)
}

func (w moduleWriter) classInterface(c *spec.Class) {
	name := spec.Exported(c.Name)
	// // Cart is an object of the class shop.cart. ...
	// type Cart interface {
	//	// Add is cart:add(article [, n]). ...
	//	Add(vm backend.VM, article string, n int64) error
	// }
	w.Add(comment(name + " is an object of the class " + c.Type + ". " + sentence(c.Doc)))
	w.Comment("//")
	w.Add(comment("In Lua, tostring gives what its method String returns, if it has one."))
	w.Type().Id(name).InterfaceFunc(func(g *jen.Group) {
		for _, f := range c.Methods {
			w.method(g, f)
		}
	})
	// // PushCart pushes an object of the class shop.cart. The module must be open in vm.
	// func PushCart(vm backend.VM, object Cart) {
	//	vm.PushUserdata(binding.Ref[Cart]{Object: object}, "shop.cart")
	// }
	w.Add(comment("Push" + name + " pushes an object of the class " + c.Type + ". The module must be open in vm."))
	w.Func().Id("Push"+name).Params(jen.Id("vm").Qual(backendPath, "VM"), jen.Id("object").Id(name)).Block(
		call("PushUserdata", userdata(c, "object"), jen.Lit(c.Type)),
	)
	// // ToCart returns the object of the class shop.cart at index; ok is false for any other value.
	// func ToCart(vm backend.VM, index int) (object Cart, ok bool) {
	//	ref, ok := vm.ToUserdata(index).(binding.Ref[Cart])
	//	return ref.Object, ok
	// }
	w.Add(comment("To" + name + " returns the object of the class " + c.Type + " at index; ok is false for any other value."))
	w.Func().Id("To"+name).Params(jen.Id("vm").Qual(backendPath, "VM"), jen.Id("index").Int()).
		Params(jen.Id("object").Id(name), jen.Id("ok").Bool()).
		Block(
			jen.List(jen.Id("ref"), jen.Id("ok")).Op(":=").Add(call("ToUserdata", jen.Id("index"))).Assert(userdataType(c)),
			jen.Return(jen.Id("ref").Dot("Object"), jen.Id("ok")),
		)
}

// method writes the method of an interface that does a function.
func (w moduleWriter) method(g *jen.Group, f *spec.Function) {
	for _, line := range w.methodDoc(f) {
		g.Comment(line)
	}
	parameters := []jen.Code{jen.Id("vm").Qual(backendPath, "VM")}
	if c := w.Class(f.Class); c != nil && c.Go != "" {
		parameters = append(parameters, jen.Id("self").Add(objectType(c)))
	}
	for _, a := range f.Args {
		parameters = append(parameters, jen.Id(parameterName(a)).Add(w.parameterType(a)))
	}
	g.Id(w.Handler(f)).Params(parameters...).Add(w.resultTypes(f))
}

func parameterName(a *spec.Arg) string {
	if a.Name == spec.Rest {
		return "rest"
	}
	return spec.Unexported(a.Name)
}

// goTypes are the Go types of scalars.
var goTypes = map[string]string{"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}

// parameterType returns string, binding.Optional[string], the type of a class, or int for an index.
func (w moduleWriter) parameterType(a *spec.Arg) *jen.Statement {
	if c := ownClass(w.Module, a); c != nil {
		return objectType(c)
	}
	typ, scalar := a.Scalar()
	switch {
	case !scalar:
		return jen.Int()
	case a.Required() || a.Default != "":
		return jen.Id(goTypes[typ])
	}
	return jen.Qual(bindingPath, "Optional").Types(jen.Id(goTypes[typ]))
}

// resultTypes returns error, (int, error), (Cart, binding.Optional[string], error), ...
func (w moduleWriter) resultTypes(f *spec.Function) *jen.Statement {
	switch {
	case f.PushesResults():
		return jen.Params(jen.Int(), jen.Error())
	case len(f.Results) == 0:
		return jen.Error()
	}
	return jen.ParamsFunc(func(g *jen.Group) {
		for _, r := range f.Results {
			typ, _ := r.Single()
			switch class := w.classOf(typ); {
			case class != nil:
				g.Add(objectType(class))
			case r.Optional || r.Nil():
				g.Qual(bindingPath, "Optional").Types(jen.Id(goTypes[typ]))
			default:
				g.Id(goTypes[typ])
			}
		}
		g.Error()
	})
}

// methodDoc returns the comment of a method, line by line.
func (w moduleWriter) methodDoc(f *spec.Function) []string {
	signature := w.Name + "." + f.Name
	if f.Class != "" {
		signature = f.Class + ":" + f.Name
	}
	lines := wrap(w.Handler(f)+" is "+signature+"("+f.Signature+"). "+sentence(f.Doc), commentWidth)
	paragraph := func(text string) {
		lines = append(append(lines, "//"), wrap(text, commentWidth)...)
	}
	if len(f.Args) > 0 {
		lines = append(lines, "//")
	}
	for _, a := range f.Args {
		for i, line := range wrap(parameterName(a)+": "+w.parameterDoc(a), commentWidth-4) {
			if i == 0 {
				lines = append(lines, "//   - "+line)
			} else {
				lines = append(lines, "//     "+line)
			}
		}
	}
	var results []string
	for _, r := range f.Results {
		results = append(results, r.Doc)
	}
	switch {
	case len(results) == 0:
	case f.PushesResults():
		paragraph("It pushes its results and returns how many: " + sentence(strings.Join(results, "; ")))
	default:
		paragraph("It returns " + sentence(strings.Join(results, "; ")))
	}
	if len(f.Errors) > 0 {
		var names []string
		for _, e := range f.Errors {
			names = append(names, "Err"+spec.Exported(e.Name))
		}
		paragraph("Errors: " + sentence(strings.Join(names, ", ")))
	}
	return lines
}

// parameterDoc returns the doc of an argument, with what the Go type does not say.
func (w moduleWriter) parameterDoc(a *spec.Arg) string {
	doc := a.Doc
	if _, scalar := a.Scalar(); !scalar && ownClass(w.Module, a) == nil {
		switch {
		case a.Name == spec.Rest:
			doc = "index of the first: " + doc
		case a.Required():
			doc = "index: " + doc
		default:
			doc = "index, 0 when it is not given: " + doc
		}
	}
	if a.Min != "" {
		doc += ", at least " + a.Min
	}
	if a.Default != "" {
		doc += ", default " + a.Default
	}
	return doc
}
