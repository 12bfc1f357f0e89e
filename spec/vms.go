package spec

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// vmMapping is a mapping whose operation is not looked up yet.
type vmMapping struct {
	entry
	text, helper string
}

// readVM reads a file of vms.
func (l *loader) readVM(r *reader, root *yaml.Node) {
	keys := []string{"vm", "package", "title", "import", "state", "lua", "doc", "lacks", "operations"}
	if l.spec.Own {
		keys = append(keys, "tag", "default", "optional")
	}
	o := r.object(r.at(root), root, "vm "+r.fileName(), keys...)
	o.require("operations")
	vm := &VM{
		Pos:        o.pos("vm"),
		Name:       o.text("vm"),
		Package:    o.goIdentifier("package"),
		Title:      o.text("title"),
		Import:     o.importPath("import"),
		LuaVersion: o.text("lua"),
		Default:    o.flag("default"),
		Doc:        o.text("doc"),
		Lacks:      o.lacks(),
	}
	if l.spec.Own {
		vm.Tag = o.goIdentifier("tag")
		vm.Optional = o.flag("optional")
	}
	if vm.Name != "" && vm.Name != r.fileName() {
		r.problems.add(vm.Pos, "vm %s must be in the file vms/%s.yaml", vm.Name, vm.Name)
	}
	if state := o.text("state"); state != "" {
		name, ok := strings.CutPrefix(state, "*lua.")
		if !ok || !isGoIdentifier(name) {
			r.problems.add(o.pos("state"), "%s: state: %q is not of the form *lua.Type", o.what, state)
		}
		vm.State = name
	}
	var mappings []vmMapping
	for _, e := range o.named("operations", "operation") {
		m := vmMapping{entry: e}
		if e.node.Kind == yaml.MappingNode {
			helper := r.object(e.Pos, e.node, o.what+": "+e.name, "helper")
			m.helper = helper.goIdentifier("helper")
		} else if r.is(e.node, yaml.ScalarNode, o.what+": "+e.name) {
			if m.text = e.node.Value; m.text == "" {
				at := e.Pos
				at.Line, at.Column = e.node.Line, e.node.Column
				r.problems.add(at, "%s: %s: empty expression", o.what, e.name)
			}
		}
		mappings = append(mappings, m)
	}
	l.spec.VMs = append(l.spec.VMs, vm)
	l.vmMappings = append(l.vmMappings, mappings)
	l.tagPos = append(l.tagPos, o.pos("tag"))
}
