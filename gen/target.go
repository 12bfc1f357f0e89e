package gen

import (
	"path"
	"reflect"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// Target is what files are generated for: the repository of the contract, or another program.
type Target struct {
	*spec.Spec
	// Module is the import path of the Go module that gets the files.
	Module string
	// Out is the folder of the packages in the module of another program, with slashes; "" or "." is its root.
	Out string
	// Known goes into the page of what differs between backends.
	Known KnownFailing
}

// Import paths of the contract. They are those of the Go module that the generator itself is in.
var (
	root         = path.Dir(reflect.TypeFor[spec.Spec]().PkgPath())
	backendPath  = root + "/backend"
	selectedPath = backendPath + "/selected"
	bindingPath  = backendPath + "/binding"
	corePath     = root + "/mtstates"
	modulesPath  = corePath + "/modules"
)

// modulesFolder returns the folder of all Lua modules, which has their manual and their annotations.
func (t *Target) modulesFolder() string {
	if t.Own {
		return "mtstates"
	}
	return path.Clean(t.Out)
}

// moduleFolder returns the folder of a module's package: that of all modules when it has the name of the package,
// otherwise one below it.
func (t *Target) moduleFolder(m *spec.Module) string {
	folder := t.modulesFolder()
	if path.Base(folder) == m.Package {
		return folder
	}
	return path.Join(folder, m.Package)
}

// modulePath returns the import path of a module's package.
func (t *Target) modulePath(m *spec.Module) string { return path.Join(t.Module, t.moduleFolder(m)) }

// coreFunction refers to a function of the core that modules use: in package modules, or in the core itself, where its name
// is not exported.
func (t *Target) coreFunction(m *spec.Module, name string) *jen.Statement {
	if t.modulePath(m) == corePath {
		return jen.Id(spec.Unexported(name))
	}
	return jen.Qual(modulesPath, name)
}

// adapterFolder returns the folder of a backend's package.
func (t *Target) adapterFolder(vm *spec.VM) string {
	if t.Own {
		return path.Join("backend", vm.Package)
	}
	return path.Join(t.Out, vm.Package)
}

// adapterPath returns the import path of a backend's package.
func (t *Target) adapterPath(vm *spec.VM) string { return path.Join(t.Module, t.adapterFolder(vm)) }
