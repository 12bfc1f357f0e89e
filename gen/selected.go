package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitSelected makes backend/selected: a file per VM under its build tag, one that does not compile when two tags are
// set, and one without tags. The list of all backends is in a package of its own, so that a program that imports
// selected links one VM.
func emitSelected(s *Target) ([]File, error) {
	files := make([]File, 0, len(s.VMs)+3)
	add := func(f *jen.File, folder, name string) error {
		file, err := goFile(f, folder, name)
		files = append(files, file)
		return err
	}
	if err := add(backendList(s), "conformance/backends", "all_gen.go"); err != nil {
		return nil, err
	}
	if err := add(selectedDoc(s), "backend/selected", "doc_gen.go"); err != nil {
		return nil, err
	}
	for _, vm := range s.VMs {
		if err := add(selection(s, vm), "backend/selected", vm.Name+"_gen.go"); err != nil {
			return nil, err
		}
	}
	if err := optionalBackends(s, add); err != nil {
		return nil, err
	}
	if len(s.VMs) < 2 {
		return files, nil
	}
	err := add(conflict(s), "backend/selected", "conflict_gen.go")
	return files, err
}

// backendList makes the function that returns every backend.
func backendList(s *Target) *jen.File {
	f := s.newGoFile(root+"/conformance/backends", "backends", "vms")
	f.PackageComment("// Package backends lists every backend, whatever the build tags. Tests import it, and tools that compare VMs;")
	f.PackageComment("// other programs would link all VMs with it.")
	if len(optionalTags(s)) > 0 {
		f.PackageComment("// Backends that need more than Go are in it only under their tags.")
	}
	// // All returns every backend, the default one first.
	// func All() []backend.Backend {
	//	return append([]backend.Backend{gopherlua.Backend, golua.Backend}, optional()...)
	// }
	f.Comment("All returns every backend; the one that no build tag chooses is the first.")
	all := backendSlice(f, s, slices.DeleteFunc(slices.Clone(s.VMs), func(vm *spec.VM) bool { return vm.Optional })...)
	if len(optionalTags(s)) > 0 {
		all = jen.Append(all, jen.Id("optional").Call().Op("..."))
	}
	f.Func().Id("All").Params().Index().Qual(backendPath, "Backend").Block(jen.Return(all))
	return f
}

// backendSlice returns the slice of the backends of some VMs.
func backendSlice(f *jen.File, s *Target, vms ...*spec.VM) *jen.Statement {
	return jen.Index().Qual(backendPath, "Backend").ValuesFunc(func(g *jen.Group) {
		for _, vm := range vms {
			f.ImportName(s.adapterPath(vm), vm.Package)
			g.Qual(s.adapterPath(vm), "Backend")
		}
	})
}

// optionalTags returns the tags of the VMs that are compiled only under their tag.
func optionalTags(s *Target) (tags []string) {
	for _, vm := range s.VMs {
		if vm.Optional {
			tags = append(tags, vm.Tag)
		}
	}
	return tags
}

// optionalBackends makes the files that add the VM to the list which is compiled only under its tag.
func optionalBackends(s *Target, add func(f *jen.File, folder, name string) error) error {
	tags := optionalTags(s)
	if len(tags) == 0 {
		return nil
	}
	// func optional() []backend.Backend { return []backend.Backend{lua54.Backend} }
	write := func(name, constraint string, vms ...*spec.VM) error {
		f := s.newGoFile(root+"/conformance/backends", "backends", "vms")
		f.HeaderComment("//go:build " + constraint)
		f.Func().Id("optional").Params().Index().Qual(backendPath, "Backend").Block(jen.Return(backendSlice(f, s, vms...)))
		return add(f, "conformance/backends", name)
	}
	for _, vm := range s.VMs {
		if !vm.Optional {
			continue
		}
		if err := write(vm.Name+"_gen.go", vm.Tag, vm); err != nil {
			return err
		}
	}
	return write("none_gen.go", "!"+strings.Join(tags, " && !"))
}

// selectedFile begins a file of package selected. The constraint is a comment of its own: in one comment with the
// header it would not be recognised.
func selectedFile(s *Target, constraint string) *jen.File {
	f := s.newGoFile(selectedPath, "selected", "vms")
	if constraint != "" {
		f.HeaderComment("//go:build " + constraint)
	}
	return f
}

func selectedDoc(s *Target) *jen.File {
	f := selectedFile(s, "")
	f.PackageComment("// Package selected holds the backend that a build tag chooses, and links no other one. Programs import it to get")
	f.PackageComment("// a backend without naming one; the core does not. No other package knows these tags:")
	f.PackageComment("//")
	width := 0
	for _, vm := range s.VMs {
		width = max(width, len(vm.Tag))
	}
	for _, vm := range s.VMs {
		line := fmt.Sprintf("//\t%-*s  %s", width, vm.Tag, vm.Title)
		line += " (" + vm.LuaVersion + ")"
		if vm.Default {
			line += ", also without a tag"
		}
		f.PackageComment(line)
	}
	f.PackageComment("//")
	f.PackageComment("// Two of the tags at once do not compile.")
	return f
}

func selection(s *Target, vm *spec.VM) *jen.File {
	f := selectedFile(s, condition(s, vm))
	f.ImportName(s.adapterPath(vm), vm.Package)
	// // Default returns the backend that the build tags choose.
	// func Default() backend.Backend { return gopherlua.Backend }
	f.Comment("Default returns the backend that the build tags choose.")
	f.Func().Id("Default").Params().Qual(backendPath, "Backend").
		Block(jen.Return(jen.Qual(s.adapterPath(vm), "Backend")))
	return f
}

// condition returns the condition under which a VM is chosen: its own tag unless it is the default, and none of the
// others.
func condition(s *Target, vm *spec.VM) string {
	var terms []string
	if !vm.Default {
		terms = append(terms, vm.Tag)
	}
	for _, other := range s.VMs {
		if other != vm {
			terms = append(terms, "!"+other.Tag)
		}
	}
	return strings.Join(terms, " && ")
}

// conflict is compiled when two tags are set; the compiler's message about its undefined name gives the reason.
func conflict(s *Target) *jen.File {
	var pairs, tags []string
	for i, a := range s.VMs {
		tags = append(tags, a.Tag)
		for _, b := range s.VMs[i+1:] {
			pairs = append(pairs, a.Tag+" && "+b.Tag)
		}
	}
	condition := pairs[0]
	reason := "choose_one_backend__" + strings.Join(tags, "_and_") + "_are_both_set"
	if len(pairs) > 1 {
		condition = "(" + strings.Join(pairs, ") || (") + ")"
		reason = "choose_one_backend__more_than_one_is_set_of_" + strings.Join(tags, "_")
	}
	f := selectedFile(s, condition)
	// var _ = choose_one_backend__mtstates_gopherlua_and_mtstates_golua_are_both_set
	f.Comment("The name is undefined so that the compiler's message says what is wrong.")
	f.Var().Id("_").Op("=").Id(reason)
	return f
}
