package gen

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitAdapters makes adapter_gen.go for each VM.
func emitAdapters(s *Target) ([]File, error) {
	var files []File
	for _, vm := range s.VMs {
		file, err := adapter(s, vm)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func adapter(s *Target, vm *spec.VM) (File, error) {
	f := s.newGoFile(s.adapterPath(vm), vm.Package, "vms/"+vm.Name+".yaml")
	if vm.Optional {
		f.HeaderComment("//go:build " + vm.Tag)
	}
	f.ImportAlias(vm.Import, "lua")
	native := jen.Op("*").Qual(vm.Import, vm.State)
	// // state is the adapter: one pointer, so that the interface holds it without an allocation.
	// type state struct{ l *lua.LState }
	f.Comment("state is the adapter: one pointer, so that the interface holds it without an allocation.")
	f.Type().Id("state").Struct(jen.Id("l").Add(native))
	for _, m := range vm.Mappings {
		// func (s state) GetTop() int { return s.l.GetTop() }
		f.Line().Func().Params(jen.Id("s").Id("state")).Id(m.Operation.Name).Add(signature(m.Operation)).
			Block(operationBody(vm, m))
	}
	factory(f, s, vm)
	// // Wrap returns l as a state of the contract.
	// func Wrap(l *lua.LState) backend.VM {
	//	prepared.Do(prepare)
	//	return state{l}
	// }
	f.Comment("Wrap returns l as a state of the contract.")
	f.Func().Id("Wrap").Params(jen.Id("l").Add(native)).Qual(backendPath, "VM").
		Block(prepared(), jen.Return(jen.Id("state").Values(jen.Id("l"))))
	// // Unwrap returns the VM's own state of s; ok is false for states of other backends.
	// func Unwrap(s backend.VM) (l *lua.LState, ok bool) {
	//	a, ok := s.(state)
	//	return a.l, ok
	// }
	f.Comment("Unwrap returns the VM's own state of s; ok is false for states of other backends.")
	f.Func().Id("Unwrap").Params(jen.Id("s").Qual(backendPath, "VM")).
		Params(jen.Id("l").Add(native), jen.Id("ok").Bool()).
		Block(
			jen.List(jen.Id("a"), jen.Id("ok")).Op(":=").Id("s").Assert(jen.Id("state")),
			jen.Return(jen.Id("a").Dot("l"), jen.Id("ok")),
		)
	return goFile(f, s.adapterFolder(vm), "adapter_gen.go")
}

// operationBody returns the only statement of an adapter's method.
func operationBody(vm *spec.VM, m spec.Mapping) *jen.Statement {
	native := jen.Id("s").Dot("l")
	var call *jen.Statement
	if m.Helper != "" {
		// insert(s.l, index)
		call = jen.Id(m.Helper).CallFunc(func(g *jen.Group) {
			g.Add(native)
			for _, arg := range m.Operation.Args {
				g.Id(arg.Name)
			}
		})
	} else {
		// s.l.Push(s.l.Get(index))
		call = translator{
			rename:   map[string]*jen.Statement{"l": native},
			packages: map[string]string{"lua": vm.Import},
		}.expression(m.Expr)
	}
	if len(m.Operation.Results) == 0 {
		return call
	}
	return jen.Return(call)
}

// factory writes the variable Backend and its type.
func factory(f *jen.File, s *Target, vm *spec.VM) {
	// // Backend is the backend gopher-lua.
	// var Backend backend.Backend = factory{}
	f.Comment("Backend is the backend " + vm.Title + ".")
	f.Var().Id("Backend").Qual(backendPath, "Backend").Op("=").Id("factory").Values()
	// type factory struct{}
	f.Type().Id("factory").Struct()
	method := func(name string) *jen.Statement {
		return f.Line().Func().Params(jen.Id("factory")).Id(name)
	}
	// func (factory) Name() string { return "gopherlua" }
	method("Name").Params().String().Block(jen.Return(jen.Lit(vm.Name)))
	// func (factory) LuaVersion() string { return "Lua 5.1" }
	method("LuaVersion").Params().String().Block(jen.Return(jen.Lit(vm.LuaVersion)))
	// func (factory) Capabilities() backend.Capabilities { return backend.CapabilitySet(backend.CapFenv) }
	method("Capabilities").Params().Qual(backendPath, "Capabilities").
		Block(jen.Return(jen.Qual(backendPath, "CapabilitySet").CallFunc(func(g *jen.Group) {
			for _, c := range s.Capabilities {
				if vm.Has(c.Name) {
					g.Qual(backendPath, "Cap"+spec.Exported(c.Name))
				}
			}
		})))
	// func (factory) Libraries() []string { return []string{"debug", "io"} }
	method("Libraries").Params().Index().String().
		Block(jen.Return(jen.Index().String().ValuesFunc(func(g *jen.Group) {
			for _, name := range libraries(s, vm) {
				g.Lit(name)
			}
		})))
	// func (factory) Degraded() []backend.Degradation {
	//	prepared.Do(prepare)
	//	return degraded()
	// }
	method("Degraded").Params().Index().Qual(backendPath, "Degradation").
		Block(prepared(), jen.Return(jen.Id("degraded").Call()))
	// func (factory) NewVM(options backend.Options) (backend.VM, error) {
	//	prepared.Do(prepare)
	//	return newVM(options)
	// }
	method("NewVM").Params(jen.Id("options").Qual(backendPath, "Options")).
		Params(jen.Qual(backendPath, "VM"), jen.Error()).
		Block(prepared(), jen.Return(jen.Id("newVM").Call(jen.Id("options"))))
	// // prepared says that prepare has run. The first state makes what all share; importing the package does no work.
	// var prepared sync.Once
	f.Comment("prepared says that prepare has run. The first state makes what all share; importing the package does no work.")
	f.Var().Id("prepared").Qual("sync", "Once")
}

// prepared returns the statement that stands before the making of any state.
func prepared() *jen.Statement {
	return jen.Id("prepared").Dot("Do").Call(jen.Id("prepare"))
}

// libraries returns the names of the libraries that a VM has, sorted.
func libraries(s *Target, vm *spec.VM) []string {
	var names []string
	for _, library := range s.Libraries {
		if vm.Has(library.Needs) {
			names = append(names, library.Name)
		}
	}
	slices.Sort(names)
	return names
}
