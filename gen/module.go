package gen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitModules makes module_gen.go for each module: what registers its functions, constants and classes in a VM, and
// the decoders of arguments. The package writes by hand the type module, a method of it for each function and method,
// and a method such as stateMeta for each class, which adds the metamethods.
func emitModules(s *spec.Spec) ([]File, error) {
	var files []File
	for _, m := range s.Modules {
		w := moduleWriter{
			File:      newGoFile(modulePath(m), m.Package, "modules/"+m.Name+".yaml"),
			Module:    m,
			hasErrors: len(s.ModuleErrors(m.Name)) > 0,
		}
		w.open()
		for _, f := range m.Functions {
			w.function(f, nil)
		}
		for _, c := range m.Classes {
			w.openClass(c)
			for _, f := range c.Methods {
				w.function(f, c)
			}
		}
		file, err := goFile(w.File, moduleFolder(m), "module_gen.go")
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

// goNames are the names that the code of a function uses.
type goNames struct {
	method  string // newstate, stateCall: written by hand
	lua     string // luaNewstate, luaStateCall
	args    string // newstateArgs, bufferNextmsgArgs
	decoder string // decodeNewstate, decodeBufferNextmsg
}

func namesOf(f *spec.Function) goNames {
	name := f.Name
	if f.Go != "" {
		name = f.Go
	}
	if f.Class == "" {
		return goNames{unexported(name), "lua" + exported(name), unexported(f.Name) + "Args", "decode" + exported(f.Name)}
	}
	class := exported(f.Class)
	return goNames{
		method:  unexported(f.Class) + exported(name),
		lua:     "lua" + class + exported(name),
		args:    unexported(f.Class) + exported(f.Name) + "Args",
		decoder: "decode" + class + exported(f.Name),
	}
}

// method begins a method of module with the state as its only parameter, or as the first one.
func (w moduleWriter) method(name string, more ...jen.Code) *jen.Statement {
	parameters := append([]jen.Code{jen.Id("s").Qual(backendPath, "VM")}, more...)
	return w.Func().Params(jen.Id("m").Op("*").Id("module")).Id(name).Params(parameters...)
}

// call returns s.NAME(ARGS).
func call(name string, args ...jen.Code) *jen.Statement { return jen.Id("s").Dot(name).Call(args...) }

// setField returns s.RawSetField(-2, NAME).
func setField(name string) *jen.Statement { return call("RawSetField", jen.Lit(-2), jen.Lit(name)) }

// open writes the function that pushes the table of the module.
func (w moduleWriter) open() {
	w.Comment("open pushes the table of the module " + w.Name + ".")
	// func (m *module) open(s backend.VM) int {
	//	m.openStateClass(s, "mtstates.state")
	//	s.NewTable()
	//	s.PushFunction(m.luaNewstate)
	//	s.RawSetField(-2, "newstate")
	//	s.PushString(Version)
	//	s.RawSetField(-2, "_VERSION")
	//	OpenErrors(s, "mtstates", moduleErrors)
	//	s.RawSetField(-2, "error")
	//	return 1
	// }
	w.method("open").Int().BlockFunc(func(g *jen.Group) {
		for _, c := range w.Classes {
			if c.Type != w.Name+".error" { // OpenErrors opens it, for all modules
				g.Id("m").Dot("open"+exported(c.Name)+"Class").Call(jen.Id("s"), jen.Lit(c.Type))
			}
		}
		g.Add(call("NewTable"))
		for _, f := range w.Functions {
			g.Add(call("PushFunction", jen.Id("m").Dot(namesOf(f).lua)))
			g.Add(setField(f.Name))
		}
		for _, c := range w.Constants {
			g.Add(pushConstant(c))
			g.Add(setField(c.Name))
		}
		if w.hasErrors {
			g.Qual(corePath, "OpenErrors").Call(jen.Id("s"), jen.Lit(w.Name), jen.Id("moduleErrors"))
			g.Add(setField("error"))
		}
		g.Return(jen.Lit(1))
	})
}

// pushConstant returns s.PushString(Version).
func pushConstant(c *spec.Constant) *jen.Statement {
	value := translator{packages: map[string]string{"mtstates": corePath}}.expression(c.Value)
	switch c.Type {
	case "string":
		return call("PushString", value)
	case "integer":
		return call("PushNumber", jen.Float64().Parens(value))
	case "number":
		return call("PushNumber", value)
	case "boolean":
		return call("PushBoolean", value)
	}
	panic(fmt.Sprintf("the spec let a constant of type %s through", c.Type))
}

// openClass writes the function that registers the metatable of a class.
func (w moduleWriter) openClass(c *spec.Class) {
	name := "open" + exported(c.Name) + "Class"
	w.Comment(name + " registers the metatable of " + c.Type + ".")
	// func (m *module) openStateClass(s backend.VM, typeName string) {
	//	if s.NewMetatable(typeName) {
	//		s.NewTable()
	//		s.PushFunction(m.luaStateID)
	//		s.RawSetField(-2, "id")
	//		s.RawSetField(-2, "__index")
	//		s.PushString(typeName)
	//		s.RawSetField(-2, "__metatable")
	//		m.stateMeta(s)
	//	}
	//	s.SetTop(s.Top() - 1)
	// }
	w.method(name, jen.Id("typeName").String()).Block(
		jen.If(call("NewMetatable", jen.Id("typeName"))).BlockFunc(func(g *jen.Group) {
			g.Add(call("NewTable"))
			for _, f := range c.Methods {
				g.Add(call("PushFunction", jen.Id("m").Dot(namesOf(f).lua)))
				g.Add(setField(f.Name))
			}
			g.Add(setField("__index"))
			g.Add(call("PushString", jen.Id("typeName")))
			g.Add(setField("__metatable"))
			g.Id("m").Dot(unexported(c.Name) + "Meta").Call(jen.Id("s")).Comment("adds the metamethods; the metatable is on the top")
		}),
		call("SetTop", call("GetTop").Op("-").Lit(1)),
	)
}

// function writes the Lua side of a function, or of a method of class.
func (w moduleWriter) function(f *spec.Function, class *spec.Class) {
	names := namesOf(f)
	if decodes(f) {
		w.decoder(f)
	}
	w.Comment(names.lua + " is " + f.ID() + "(" + f.Signature + ").")
	// func (m *module) luaStateCall(s backend.VM) int {
	//	self, ok := s.ToUserdata(1).(*State)
	//	if !ok {
	//		return arg.BadSelf(s, "call", "mtstates.state")
	//	}
	//	n, err := m.stateCall(s, self, decodeStateCall(s))
	//	if err != nil {
	//		return Raise(s, err)
	//	}
	//	return n
	// }
	w.method(names.lua).Int().BlockFunc(func(g *jen.Group) {
		args := []jen.Code{jen.Id("s")}
		if class != nil {
			g.List(jen.Id("self"), jen.Id("ok")).Op(":=").Add(call("ToUserdata", jen.Lit(1))).Assert(jen.Id(class.Go))
			g.If(jen.Op("!").Id("ok")).Block(
				jen.Return(jen.Qual(argPath, "BadSelf").Call(jen.Id("s"), jen.Lit(f.Name), jen.Lit(class.Type))),
			)
			args = append(args, jen.Id("self"))
		}
		if decodes(f) {
			args = append(args, jen.Id(names.decoder).Call(jen.Id("s")))
		}
		g.List(jen.Id("n"), jen.Err()).Op(":=").Id("m").Dot(names.method).Call(args...)
		g.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Qual(corePath, "Raise").Call(jen.Id("s"), jen.Err())))
		g.Return(jen.Id("n"))
	})
}
