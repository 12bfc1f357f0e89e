package spec

import (
	"slices"
	"strings"
)

// check checks and connects what refers to other places.
func (l *loader) check() {
	l.checkVMs()
	l.checkCapabilities()
	for i, vm := range l.spec.VMs {
		l.connectMappings(vm, l.vmMappings[i])
	}
	l.checkEditions()
	l.connectErrors()
	l.checkTypes()
	l.checkIDs()
	l.checkProfile()
	l.checkModuleNames()
	for _, m := range l.spec.Modules {
		errors := l.spec.ModuleErrors(m.Name)
		checkGoNames(&l.problems, m, errors)
		checkFields(&l.problems, m, errors)
	}
}

func (l *loader) checkVMs() {
	type property struct{ kind, value string }
	seen := map[property]bool{}
	defaults := 0
	for i, vm := range l.spec.VMs {
		if seen[property{"tag", vm.Tag}] && vm.Tag != "" {
			l.problems.add(l.tagPos[i], "vm %s: duplicate tag %s", vm.Name, vm.Tag)
		}
		if seen[property{"package", vm.Package}] && vm.Package != "" {
			l.problems.add(vm.Pos, "vm %s: duplicate package %s", vm.Name, vm.Package)
		}
		seen[property{"tag", vm.Tag}] = true
		seen[property{"package", vm.Package}] = true
		if vm.Default {
			defaults++
		}
		if defaults > 1 && vm.Default {
			l.problems.add(vm.Pos, "vm %s: another vm is the default already", vm.Name)
		}
	}
	if defaults == 0 && l.spec.Own {
		l.problems.add(l.place("vms"), "no vm is the default")
	}
}

// connectMappings gives a VM one mapping for each operation.
func (l *loader) connectMappings(vm *VM, mappings []vmMapping) {
	byName := map[string]vmMapping{}
	for _, m := range mappings {
		byName[m.name] = m
		if !slices.ContainsFunc(l.spec.Operations, func(op *Operation) bool { return op.Name == m.name }) {
			l.problems.add(m.Pos, "vm %s: there is no operation %s", vm.Name, m.name)
		}
	}
	var missing []string
	for _, op := range l.spec.Operations {
		if m, ok := byName[op.Name]; ok {
			vm.Mappings = append(vm.Mappings, l.mapping(vm, op, m))
		} else {
			missing = append(missing, op.Name)
		}
	}
	if len(missing) > 0 {
		l.problems.add(vm.Pos, "vm %s: operations without a mapping: %s", vm.Name, strings.Join(missing, ", "))
	}
}

func (l *loader) mapping(vm *VM, op *Operation, m vmMapping) Mapping {
	mapping := Mapping{Pos: m.Pos, Operation: op, Helper: m.helper}
	if m.text == "" {
		return mapping
	}
	at := m.Pos
	at.Line, at.Column = m.node.Line, m.node.Column
	expr, err := parseExpr(m.text)
	if err != nil {
		l.problems.add(at, "vm %s: operation %s: %v", vm.Name, op.Name, err)
		return mapping
	}
	known := []string{"l", "lua"}
	for _, arg := range op.Args {
		known = append(known, arg.Name)
	}
	for _, name := range unknownNames(expr, known) {
		l.problems.add(at, "vm %s: operation %s: %s is neither an argument of the operation nor l or lua", vm.Name, op.Name, name)
	}
	if len(op.Results) == 0 && !isCall(expr) {
		l.problems.add(at, "vm %s: operation %s has no results, so %q must be a call", vm.Name, op.Name, m.text)
	}
	mapping.Expr = expr
	return mapping
}

func (l *loader) connectErrors() {
	byName := map[string]*Error{}
	for _, e := range l.spec.Errors {
		byName[e.LuaName()] = e
	}
	for _, ref := range l.errorRefs {
		e, ok := byName[ref.function.Module+".error."+ref.name]
		if !ok {
			l.problems.add(ref.Pos, "%s: the module %s has no error %s", ref.function.ID(), ref.function.Module, ref.name)
			continue
		}
		if slices.Contains(ref.function.Errors, e) {
			l.problems.add(ref.Pos, "%s: duplicate error %s", ref.function.ID(), ref.name)
		}
		ref.function.Errors = append(ref.function.Errors, e)
	}
	for _, group := range l.errorGroups {
		if !slices.ContainsFunc(l.spec.Modules, func(m *Module) bool { return m.Name == group.name }) {
			l.problems.add(group.Pos, "errors of %s: there is no such module", group.name)
		}
	}
}

// checkTypes checks the types of arguments and results.
func (l *loader) checkTypes() {
	classes := map[string]bool{}
	for _, m := range slices.Concat(l.spec.Modules, l.contractModules) {
		for _, c := range m.Classes {
			classes[c.Type] = true
		}
	}
	for f := range l.spec.handled() {
		for _, arg := range f.Args {
			for _, typ := range arg.Types {
				if !classes[typ] && !slices.Contains(argumentTypes, typ) {
					l.problems.add(arg.Pos, "%s: argument %s: unknown type %s", f.ID(), arg.Name, typ)
				}
			}
		}
		for _, result := range f.Results {
			for _, typ := range result.Types {
				if typ != "nil" && !classes[typ] && !slices.Contains(argumentTypes, typ) {
					l.problems.add(result.Pos, "%s: result: unknown type %s", f.ID(), typ)
				}
			}
		}
	}
}

// checkIDs checks that an ID stands for one thing. A promise may have the ID of its function.
func (l *loader) checkIDs() {
	owners := map[string]string{}
	for f := range l.spec.functions() {
		owners[f.ID()] = f.ID()
	}
	promises := map[string]bool{}
	for _, p := range l.spec.Promises() {
		owner, taken := owners[p.ID]
		if promises[p.ID] || taken && owner != p.Entry {
			l.problems.add(p.Pos, "duplicate promise %s", p.ID)
		}
		promises[p.ID] = true
	}
}

// checkModuleNames checks that each name for require stands for one module.
func (l *loader) checkModuleNames() {
	seen := map[string]bool{}
	for _, m := range l.contractModules {
		seen[m.Name] = true
		for _, alias := range m.Aliases {
			seen[alias] = true
		}
	}
	for _, m := range l.spec.Modules {
		if seen[m.Name] {
			l.problems.add(m.Pos, "module %s: another module has the name", m.Name)
		}
		seen[m.Name] = true
	}
	for _, alias := range l.aliases {
		if seen[alias.name] {
			l.problems.add(alias.Pos, "alias %s: another module has the name", alias.name)
		}
		seen[alias.name] = true
	}
}
