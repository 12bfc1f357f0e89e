package gen

import (
	"fmt"

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
	raise := jen.Qual(corePath, "Raise")
	// func (m *module) open(vm backend.VM) int {
	//	binding.OpenClass(vm, Raise, m, stateClass())
	//	binding.NewModule(vm, Raise, m, moduleFunctions())
	//	binding.SetField(vm, "_VERSION", binding.String(Version))
	//	OpenErrors(vm, "mtstates", moduleErrors)
	//	vm.RawSetField(-2, "error")
	//	return 1
	// }
	w.openSignature().Int().BlockFunc(func(g *jen.Group) {
		for _, c := range w.Classes {
			if c.Type != w.Name+".error" { // OpenErrors opens it, for all modules
				g.Qual(bindingPath, "OpenClass").Call(jen.Id("vm"), raise, jen.Id("m"), jen.Id(classTable(c)).Call())
			}
		}
		if len(w.Functions) > 0 {
			g.Qual(bindingPath, "NewModule").Call(jen.Id("vm"), raise, jen.Id("m"), jen.Id("moduleFunctions").Call())
		} else {
			g.Add(call("CreateTable", jen.Lit(0), jen.Lit(0)))
		}
		for _, c := range w.Constants {
			g.Qual(bindingPath, "SetField").Call(jen.Id("vm"), jen.Lit(c.Name), constant(c))
		}
		if w.hasErrors {
			g.Qual(corePath, "OpenErrors").Call(jen.Id("vm"), jen.Lit(w.Name), jen.Id("moduleErrors"))
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
			g.Line().Add(w.entry(f, jen.Id("m").Add(w.moduleType())))
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
	w.Func().Id(classTable(c)).Params().Add(class).Block(jen.Return(class.Clone().Values(
		jen.Id("Type").Op(":").Lit(c.Type),
		jen.Id("Methods").Op(":").Index().Qual(bindingPath, "Method").Types(types...).ValuesFunc(func(g *jen.Group) {
			for _, f := range c.Methods {
				g.Line().Add(w.entry(f, jen.Id("m").Add(w.moduleType()), jen.Id("self").Add(userdataType(c))))
			}
			g.Line()
		}),
	)))
}

// entry returns the entry of a function or method in its table.
func (w moduleWriter) entry(f *spec.Function, parameters ...jen.Code) *jen.Statement {
	parameters = append(parameters, jen.Id("c").Qual(bindingPath, "Call"))
	return jen.Values(
		jen.Id("Name").Op(":").Lit(f.Name),
		jen.Id("Call").Op(":").Func().Params(parameters...).Params(jen.Int(), jen.Error()).
			BlockFunc(func(g *jen.Group) { w.body(g, f) }),
	)
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
