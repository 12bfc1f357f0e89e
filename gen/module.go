package gen

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitModules makes module_gen.go for each module: the tables of its functions and classes for package binding, and
// what opens it in a VM. The functions call methods that a person writes. Where the spec names the Go type of a module
// or class, they are methods of the module's type; otherwise the file has an interface for it (interfaces.go).
func emitModules(t *Target) ([]File, error) {
	var files []File
	for _, m := range t.Modules {
		w := moduleWriter{
			File:      t.newGoFile(t.modulePath(m), m.Package, "modules/"+m.Name+".yaml"),
			Module:    m,
			target:    t,
			hasErrors: len(t.ModuleErrors(m.Name)) > 0,
		}
		w.interfaces()
		w.open()
		if len(m.Functions) > 0 {
			w.functions()
		}
		for _, c := range m.Classes {
			w.class(c)
		}
		file, err := goFile(w.File, t.moduleFolder(m), "module_gen.go")
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// moduleWriter writes the file of one module.
type moduleWriter struct {
	*jen.File
	*spec.Module
	target    *Target
	hasErrors bool
}

// moduleType returns *module, or the interface of the module.
func (w moduleWriter) moduleType() *jen.Statement {
	if w.Module.Go != "" {
		return jen.Id(w.Module.Go)
	}
	return jen.Id("Module")
}

// objectType returns *State, or the interface of the class.
func objectType(c *spec.Class) *jen.Statement {
	if c.Go != "" {
		return jen.Id(c.Go)
	}
	return jen.Id(spec.Exported(c.Name))
}

// userdataType returns the Go type that objects of a class have in Lua: *State, or binding.Ref[Cart] for an interface.
func userdataType(c *spec.Class) *jen.Statement {
	if c.Go != "" {
		return objectType(c)
	}
	return jen.Qual(bindingPath, "Ref").Types(objectType(c))
}

// userdata returns what stands for an object in Lua: v, or binding.Ref[Cart]{Object: v}.
func userdata(c *spec.Class, v string) *jen.Statement {
	if c.Go != "" {
		return jen.Id(v)
	}
	return userdataType(c).Values(jen.Id("Object").Op(":").Id(v))
}

// call returns vm.NAME(ARGS).
func call(name string, args ...jen.Code) *jen.Statement { return jen.Id("vm").Dot(name).Call(args...) }

// classTable returns the name of the function that returns a class.
func classTable(c *spec.Class) string { return spec.Unexported(c.Name) + "Class" }

// open writes the function that pushes the table of the module.
func (w moduleWriter) open() {
	raise := w.target.coreFunction(w.Module, "Raise")
	// func (m *module) open(vm backend.VM) int {
	//	edition := modules.EditionOf(vm)
	//	binding.OpenClass(vm, modules.Raise, m, stateClass())
	//	binding.NewModule(vm, modules.Raise, m, binding.FunctionsIn(edition, moduleFunctions()))
	//	binding.SetField(vm, "_VERSION", binding.String(Version))
	//	modules.OpenErrors(vm, "mtstates", moduleErrors[edition])
	//	vm.RawSetField(-2, "error")
	//	return 1
	// }
	w.openSignature().Int().BlockFunc(func(g *jen.Group) {
		if w.needsEdition() {
			g.Id("edition").Op(":=").Add(w.target.coreFunction(w.Module, "EditionOf")).Call(jen.Id("vm"))
		}
		for _, c := range w.Classes {
			if c.Type != w.Name+".error" { // OpenErrors opens it, for all modules
				g.Qual(bindingPath, "OpenClass").Call(jen.Id("vm"), raise, jen.Id("m"), w.classValue(c))
			}
		}
		if len(w.Functions) > 0 {
			functions := jen.Id("moduleFunctions").Call()
			if w.vary(w.Functions) {
				functions = jen.Qual(bindingPath, "FunctionsIn").Call(jen.Id("edition"), functions)
			}
			g.Qual(bindingPath, "NewModule").Call(jen.Id("vm"), raise, jen.Id("m"), functions)
		} else {
			g.Add(call("CreateTable", jen.Lit(0), jen.Lit(0)))
		}
		for _, c := range w.Constants {
			g.Qual(bindingPath, "SetField").Call(jen.Id("vm"), jen.Lit(c.Name), constant(c))
		}
		if w.hasErrors {
			errors := jen.Id("moduleErrors")
			if w.target.editionsChange(w.Module) {
				errors.Index(jen.Id("edition"))
			}
			g.Add(w.target.coreFunction(w.Module, "OpenErrors")).Call(jen.Id("vm"), jen.Lit(w.Name), errors)
			g.Add(call("RawSetField", jen.Lit(-2), jen.Lit("error")))
		}
		g.Return(jen.Lit(1))
	})
}

// openSignature begins the function that open writes.
func (w moduleWriter) openSignature() *jen.Statement {
	vm := jen.Id("vm").Qual(backendPath, "VM")
	m := jen.Id("m").Add(w.moduleType())
	if w.Module.Go != "" {
		w.Comment("open pushes the table of the module " + w.Name + ".")
		return w.Func().Params(m).Id("open").Params(vm)
	}
	// func Open(vm backend.VM, m Module) int
	w.Add(comment("Open pushes the table of the module " + w.Name + ", whose functions call m, as a backend.Function."))
	return w.Func().Id("Open").Params(vm, m)
}

// constant returns binding.String(Version).
func constant(c *spec.Constant) *jen.Statement {
	value := translator{packages: map[string]string{"mtstates": corePath}}.expression(c.Value)
	if c.Type == "integer" {
		value = jen.Int64().Call(value)
	}
	return jen.Qual(bindingPath, takers[c.Type]).Call(value)
}

// functions writes the table of functions.
func (w moduleWriter) functions() {
	// // moduleFunctions returns the functions of the module mtstates.
	// func moduleFunctions() []binding.Function[*module] {
	//	return []binding.Function[*module]{
	//		{Name: "newstate", Call: func(m *module, c binding.Call) (int, error) {
	//			...
	//		}},
	//	}
	// }
	w.Comment("moduleFunctions returns the functions of the module " + w.Name + ".")
	list := func() *jen.Statement { return jen.Index().Qual(bindingPath, "Function").Types(w.moduleType()) }
	w.Func().Id("moduleFunctions").Params().Add(list()).Block(jen.Return(list().ValuesFunc(func(g *jen.Group) {
		for _, f := range w.Functions {
			w.entries(g, f, jen.Id("m").Add(w.moduleType()))
		}
		g.Line()
	})))
}

// class writes the table of a class.
func (w moduleWriter) class(c *spec.Class) {
	types := []jen.Code{w.moduleType(), userdataType(c)}
	// // stateClass returns the class mtstates.state.
	// func stateClass() binding.Class[*module, *State] {
	//	return binding.Class[*module, *State]{Type: "mtstates.state", Methods: []binding.Method[*module, *State]{
	//		{Name: "id", Call: func(m *module, self *State, c binding.Call) (int, error) {
	//			...
	//		}},
	//	}}
	// }
	w.Comment(classTable(c) + " returns the class " + c.Type + ".")
	class := jen.Qual(bindingPath, "Class").Types(types...)
	resolve := jen.Null()
	if c.Resolve != "" {
		resolve = jen.Id("Resolve").Op(":").Id(c.Resolve)
	}
	w.Func().Id(classTable(c)).Params().Add(class).Block(jen.Return(class.Clone().Values(
		jen.Id("Type").Op(":").Lit(c.Type),
		resolve,
		jen.Id("Methods").Op(":").Index().Qual(bindingPath, "Method").Types(types...).ValuesFunc(func(g *jen.Group) {
			for _, f := range c.Methods {
				w.entries(g, f, jen.Id("m").Add(w.moduleType()), jen.Id("self").Add(userdataType(c)))
			}
			g.Line()
		}),
	)))
}

// entries writes the entries of a function or method in its table: one, or one for each way in which editions have it.
func (w moduleWriter) entries(g *jen.Group, f *spec.Function, parameters ...jen.Code) {
	parameters = append(parameters, jen.Id("c").Qual(bindingPath, "Call"))
	for _, form := range w.forms(f) {
		g.Line().ValuesFunc(func(g *jen.Group) {
			// Name: "call", Editions: []string{"0.4"}, Call: func(m *module, self *State, c binding.Call) (int, error) { ... }
			g.Id("Name").Op(":").Lit(f.Name)
			if form.editions != nil {
				g.Id("Editions").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
					for _, name := range form.editions {
						g.Lit(name)
					}
				})
			}
			g.Id("Call").Op(":").Func().Params(parameters...).Params(jen.Int(), jen.Error()).
				BlockFunc(func(g *jen.Group) { w.body(g, form.function) })
		})
	}
}

// form is a function as some editions have it.
type form struct {
	function *spec.Function
	editions []string // nil for all
}

// forms returns the ways in which editions have a function, as far as the code is another.
func (w moduleWriter) forms(f *spec.Function) (forms []form) {
	names := w.target.editionNames()
	var bodies []string
	for _, name := range names {
		if !f.Only.In(name) {
			continue
		}
		in := f
		if v := f.Variants[name]; v != nil {
			in = v
		}
		body := jen.Func().Id("f").Params().BlockFunc(func(g *jen.Group) { w.body(g, in) }).GoString()
		if at := slices.Index(bodies, body); at >= 0 {
			forms[at].editions = append(forms[at].editions, name)
			continue
		}
		bodies = append(bodies, body)
		forms = append(forms, form{in, []string{name}})
	}
	if len(forms) == 1 && len(forms[0].editions) == len(names) {
		forms[0].editions = nil
	}
	return forms
}

// vary reports whether editions have some of the functions in different ways.
func (w moduleWriter) vary(functions []*spec.Function) bool {
	return slices.ContainsFunc(functions, func(f *spec.Function) bool {
		forms := w.forms(f)
		return len(forms) != 1 || forms[0].editions != nil
	})
}

// needsEdition reports whether what opens the module asks for the edition.
func (w moduleWriter) needsEdition() bool {
	return w.vary(w.Functions) || w.hasErrors && w.target.editionsChange(w.Module) ||
		slices.ContainsFunc(w.Classes, func(c *spec.Class) bool { return w.vary(c.Methods) })
}

// classValue returns stateClass(), or stateClass().In(edition).
func (w moduleWriter) classValue(c *spec.Class) *jen.Statement {
	class := jen.Id(classTable(c)).Call()
	if w.vary(c.Methods) {
		class.Dot("In").Call(jen.Id("edition"))
	}
	return class
}

// body writes what calls the handler with the arguments, and returns its results.
func (w moduleWriter) body(g *jen.Group, f *spec.Function) {
	from := jen.Id("c").Dot("Args").Call()
	if len(f.Args) > 1 {
		// a := c.Args()
		g.Id("a").Op(":=").Add(from)
		from = jen.Id("a")
	}
	handled := w.handle(f, from)
	switch {
	case f.PushesResults():
		// return m.newstate(c.VM, a.String(), a.Rest())
		g.Return(handled)
	case len(f.Results) == 0:
		// return 0, m.stateClose(c.VM, self)
		g.Return(jen.Lit(0), handled)
	default:
		// v1, v2, err := m.f(c.VM)
		// return c.Return(err, binding.String(v1), binding.Maybe(v2, binding.Integer))
		returned := []jen.Code{jen.Err()}
		g.ListFunc(func(g *jen.Group) {
			for i, r := range f.Results {
				name := "v"
				if len(f.Results) > 1 {
					name = fmt.Sprintf("v%d", i+1)
				}
				g.Id(name)
				returned = append(returned, w.giveResult(r, name))
			}
			g.Err()
		}).Op(":=").Add(handled)
		g.Return(jen.Id("c").Dot("Return").Call(returned...))
	}
}

// handle returns the call of a function's handler with the arguments that are taken out of from: m.newstate(...),
// m.stateCall(..., self, ...) or self.Object.Add(...).
func (w moduleWriter) handle(f *spec.Function, from *jen.Statement) *jen.Statement {
	handler := jen.Id("m")
	args := []jen.Code{jen.Id("c").Dot("VM")}
	if c := w.Class(f.Class); c != nil && c.Go == "" {
		handler = jen.Id("self").Dot("Object")
	} else if c != nil {
		args = append(args, jen.Id("self"))
	}
	for i, a := range f.Args {
		if i == 0 && a.Name == spec.Rest {
			// c.First()
			args = append(args, jen.Id("c").Dot("First").Call())
		} else {
			args = append(args, takeArgument(w.Module, f, i, from.Clone()))
		}
	}
	return handler.Dot(w.Handler(f)).Call(args...)
}
