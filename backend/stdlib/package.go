package stdlib

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

const (
	packageName   = "package"
	packageConfig = string(os.PathSeparator) + "\n;\n?\n!\n-\n"
)

// searchersField is the name of the list of searchers in the VM's version of Lua; the other name is an alias.
func (o *opened) searchersField() string {
	if o.set.dialect.Lua < 502 {
		return "loaders"
	}
	return "searchers"
}

// pushPackage pushes the state's table package, which is made on first use.
func (o *opened) pushPackage(vm backend.VM) {
	if !o.packaged {
		o.packaged = true
		o.makePackage(vm)
		if o.frozen != nil {
			o.freezePackage(vm)
		}
	}
	backend.GetRegistered(vm, packageKey)
}

// PushPackage pushes the table package of a VM for which Open was called.
func (*Set) PushPackage(vm backend.VM) { of(vm).pushPackage(vm) }

// makePackage makes the tables package, package.loaded and package.preload, which the registry keeps.
func (o *opened) makePackage(vm backend.VM) {
	top := vm.GetTop()
	vm.CheckStack(minStack)
	vm.PushRegistry()
	vm.CreateTable(0, 0)
	registry, pkg := top+1, top+2
	setText(vm, pkg, "config", packageConfig)
	vm.CreateTable(0, 0)
	o.pushSearcher(vm, 1, "searcher_preload", o.searchPreload)
	env, next := vm.Env(), 2
	if env.FS != nil {
		o.pushSearcher(vm, next, "searcher_FS", searchFS)
		next++
	}
	if !env.NoFiles {
		o.pushSearcher(vm, next, "searcher_Lua", o.searchLua)
		setText(vm, pkg, "path", o.searchPath(env))
		setText(vm, pkg, "cpath", "")
		o.setFunction(vm, pkg, "loadlib", packageLoadlib)
		o.setFunction(vm, pkg, "searchpath", PackageSearchpath)
	}
	vm.PushValue(-1)
	vm.RawSetField(pkg, "loaders")
	vm.RawSetField(pkg, "searchers")
	for name, e := range o.set.inPackage {
		o.setFunction(vm, pkg, name, e.function)
	}
	o.makeLoaded(vm, pkg)
	vm.PushValue(-1)
	vm.RawSetField(pkg, "loaded")
	vm.RawSetField(registry, loadedKey)
	o.makePreload(vm)
	vm.PushValue(-1)
	vm.RawSetField(pkg, "preload")
	vm.RawSetField(registry, preloadKey)
	vm.RawSetField(registry, packageKey)
	vm.SetTop(top)
}

// pushSearcher appends a searcher to the list on the top.
func (o *opened) pushSearcher(vm backend.VM, i int, name string, f backend.Function) {
	o.set.dialect.Push(vm, "package."+name, f)
	vm.RawSetI(-2, i)
}

func (o *opened) setFunction(vm backend.VM, table int, name string, f backend.Function) {
	o.set.dialect.Push(vm, "package."+name, f)
	vm.RawSetField(table, name)
}

func setText(vm backend.VM, table int, name, value string) {
	vm.PushString(value)
	vm.RawSetField(table, name)
}

// makeLoaded pushes a new package.loaded.
func (o *opened) makeLoaded(vm backend.VM, pkg int) {
	vm.CreateTable(0, 0)
	vm.PushGlobalTable()
	vm.RawSetField(-2, baseName)
	vm.PushValue(pkg)
	vm.RawSetField(-2, packageName)
	for _, lib := range o.set.libraries[1:] {
		if o.open&(1<<lib.id) != 0 {
			o.pushLibrary(vm, lib)
			vm.RawSetField(-2, lib.name)
		}
	}
}

// makePreload pushes a new package.preload.
func (o *opened) makePreload(vm backend.VM) {
	vm.CreateTable(0, 0)
	for _, lib := range o.set.libraries[1:] {
		if o.hidden&(1<<lib.id) != 0 {
			o.set.dialect.Push(vm, "package.preload."+lib.name, o.loadHidden(lib))
			vm.RawSetField(-2, lib.name)
		}
	}
	for _, m := range o.modules {
		vm.PushFunction(m.loader)
		vm.RawSetField(-2, m.name)
	}
	o.modules = nil
}

// Preload registers loader in package.preload, even if a script has hidden the global package.
func (o *opened) Preload(vm backend.VM, name string, loader backend.Function) {
	if vm.Env().ReadOnlyGlobals {
		if o.preloaded == nil {
			o.preloaded = map[string]bool{}
		}
		o.preloaded[name] = true
	}
	if !o.packaged {
		o.modules = append(o.modules, module{name, loader})
		return
	}
	backend.GetRegistered(vm, preloadKey)
	vm.PushFunction(loader)
	vm.RawSetField(-2, name)
	vm.SetTop(vm.GetTop() - 1)
}

// HasFunction implements [backend.Libraries].
func (o *opened) HasFunction(module, name string) bool { return o.set.HasFunction(module, name) }

// PushModules pushes package.loaded and package.preload.
func (o *opened) PushModules(vm backend.VM) {
	o.pushPackage(vm)
	vm.SetTop(vm.GetTop() - 1)
	backend.GetRegistered(vm, loadedKey)
	backend.GetRegistered(vm, preloadKey)
}

// searchPath returns package.path of a new state: LUA_PATH, where ";;" stands for the VM's default, or that default. What
// the host chose stands around it.
func (o *opened) searchPath(env *backend.Env) string {
	path, ok := env.Variable("LUA_PATH")
	if !ok {
		path = ";;"
	}
	path = strings.ReplaceAll(path, ";;", ";"+o.set.dialect.Path+";")
	parts := []string{env.Path, strings.Trim(path, ";"), env.FallbackPath}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ";")
}

// baseRequire is require(name).
func baseRequire(vm backend.VM) int {
	o, name := of(vm), text(vm, 1, "require")
	vm.SetTop(1)
	o.pushPackage(vm)
	const pkg = 2
	if pushLoaded(vm, name); vm.ToBoolean(-1) {
		return 1
	}
	if o.loading[name] {
		return raise(vm, fmt.Sprintf("loop or previous error loading module '%s'", backend.Quote(name)))
	}
	vm.SetTop(pkg)
	loader := o.findLoader(vm, pkg, name)
	defer o.load(name)()
	vm.PushValue(loader)
	vm.PushString(name)
	args := 1
	if o.set.dialect.Lua >= 502 { // the loader also gets what the searcher added
		vm.PushValue(loader + 1)
		args = 2
	}
	vm.Call(args, 1)
	if vm.Type(-1) != backend.Nil {
		setLoaded(vm, name)
	}
	if pushLoaded(vm, name); vm.Type(-1) == backend.Nil {
		vm.PushBoolean(true)
		vm.PushValue(-1)
		setLoaded(vm, name)
	}
	if o.frozen != nil && o.preloaded[name] {
		o.freezeAll(vm, name)
	}
	return 1
}

// pushLoaded pushes the field of package.loaded. Scripts do not get the table itself, which would be writable.
func pushLoaded(vm backend.VM, name string) {
	backend.GetRegistered(vm, loadedKey)
	vm.RawGetField(-1, name)
	backend.Remove(vm, vm.GetTop()-1)
}

// setLoaded pops a value and makes it the field of package.loaded.
func setLoaded(vm backend.VM, name string) {
	backend.GetRegistered(vm, loadedKey)
	backend.Insert(vm, vm.GetTop()-1)
	vm.RawSetField(-2, name)
	vm.SetTop(vm.GetTop() - 1)
}

// load records that a module is being loaded, until the function that it returns is called.
func (o *opened) load(name string) (done func()) {
	if o.loading == nil {
		o.loading = map[string]bool{}
	}
	o.loading[name] = true
	return func() { delete(o.loading, name) }
}

// findLoader pushes the loader that a searcher has found, and the extra value. It returns the index of the loader.
func (o *opened) findLoader(vm backend.VM, pkg int, name string) (loader int) {
	field := o.searchersField()
	vm.PushString(field)
	backend.GetTable(vm, pkg)
	searchers := vm.GetTop()
	if vm.Type(searchers) != backend.Table {
		raise(vm, fmt.Sprintf("'package.%s' must be a table", field))
	}
	messages := buffer{limit: vm.Env().MaxString}
	for i := 1; ; i++ {
		o.PushFields(vm, searchers)
		vm.RawGetI(-1, i)
		backend.Remove(vm, searchers+1)
		if vm.Type(-1) == backend.Nil {
			raise(vm, fmt.Sprintf("module '%s' not found:%s", backend.Quote(name), messages.bytes))
		}
		vm.PushString(name)
		vm.Call(1, 2)
		if vm.Type(-2) == backend.FunctionType {
			return vm.GetTop() - 1
		}
		if text, ok := vm.ToString(-2); ok {
			messages.add(vm, text)
		}
		vm.SetTop(searchers)
	}
}

func (o *opened) searchPreload(vm backend.VM) int {
	name := text(vm, 1, "searcher")
	backend.GetRegistered(vm, preloadKey)
	if vm.RawGetField(-1, name); vm.Type(-1) == backend.Nil {
		vm.PushString(fmt.Sprintf("\n\tno field package.preload['%s']", backend.Quote(name)))
	}
	return 1
}

func (o *opened) searchLua(vm backend.VM) int {
	name := text(vm, 1, "searcher")
	backend.GetRegistered(vm, packageKey)
	vm.PushString("path")
	backend.GetTable(vm, -2)
	path, ok := vm.ToString(-1)
	if !ok {
		return raise(vm, "'package.path' must be a string")
	}
	file, tried := searchPath(vm, name, path, ".", string(os.PathSeparator))
	if file == "" {
		vm.PushString(tried)
		return 1
	}
	source, err := readFile(vm, file)
	if err == nil {
		err = vm.Load(source, "@"+file, 0)
	}
	if err != nil {
		return raise(vm, fmt.Sprintf("error loading module '%s' from file '%s':\n\t%s", backend.Quote(name), backend.Quote(file), err))
	}
	vm.PushString(file)
	return 2
}

// searchFS finds modules in the host's file system: a.b is a/b.lua or a/b/init.lua.
func searchFS(vm backend.VM) int {
	name := text(vm, 1, "searcher")
	base := strings.ReplaceAll(name, ".", "/")
	tried := buffer{limit: vm.Env().MaxString}
	for _, file := range []string{base + ".lua", base + "/init.lua"} {
		source, err := readFSFile(vm, file)
		if err == nil {
			err = vm.Load(source, "@"+file, 0)
		}
		switch {
		case err == nil:
			vm.PushString(file)
			return 2
		case !fs.ValidPath(file) || errors.Is(err, fs.ErrNotExist):
			for _, part := range []string{"\n\tno file '", file, "' of the host"} {
				tried.add(vm, part)
			}
		default:
			return raise(vm, fmt.Sprintf("error loading module '%s' from file '%s':\n\t%s", backend.Quote(name), backend.Quote(file), err))
		}
	}
	vm.PushString(string(tried.bytes))
	return 1
}

// packageLoadlib is package.loadlib, which never finds a library: a VM written in Go cannot load C code.
func packageLoadlib(vm backend.VM) int {
	vm.PushNil()
	vm.PushString("dynamic libraries not enabled; check your Lua installation")
	vm.PushString("absent")
	return 3
}
