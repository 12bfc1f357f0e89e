package spec

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// readCapabilities reads capabilities.yaml.
func (l *loader) readCapabilities(r *reader, root *yaml.Node) {
	file := r.object(r.at(root), root, "the file", "capabilities")
	file.require("capabilities")
	for _, e := range file.named("capabilities", "capability") {
		o := r.object(e.Pos, e.node, "capability "+e.name, "doc")
		r.checkLuaName(e.Pos, o.what, e.name)
		l.spec.Capabilities = append(l.spec.Capabilities, &Capability{Pos: e.Pos, Name: e.name, Doc: o.text("doc")})
	}
}

// lacks reads the capabilities that a VM lacks, and why.
func (o object) lacks() map[string]Lack {
	all := map[string]Lack{}
	for _, e := range o.named("lacks", "capability") {
		lack := Lack{Pos: e.Pos}
		if isNull(e.node) || e.node.Kind == yaml.ScalarNode && e.node.Value == "" {
			o.problems.add(e.Pos, "%s: lacks: %s: missing reason", o.what, e.name)
		} else if o.is(e.node, yaml.ScalarNode, o.what+": lacks: "+e.name) {
			lack.Reason = e.node.Value
		}
		all[e.name] = lack
	}
	return all
}

func (l *loader) checkCapabilities() {
	for _, vm := range l.spec.VMs {
		for name, lack := range vm.Lacks {
			if !l.spec.hasCapability(name) {
				l.problems.add(lack.Pos, "vm %s: lacks: unknown capability %s", vm.Name, name)
			}
		}
	}
	for _, library := range l.spec.Libraries {
		l.checkNeeds(library.Pos, "library "+library.Name, library.Needs)
	}
	if !l.spec.Own {
		return
	}
	for _, c := range l.spec.Capabilities {
		if !slices.ContainsFunc(l.spec.VMs, func(vm *VM) bool { return vm.Has(c.Name) }) {
			l.problems.add(c.Pos, "capability %s: no vm has it", c.Name)
		}
	}
}

// checkNeeds checks that the capability exists, if one is needed.
func (l *loader) checkNeeds(at Pos, what, capability string) {
	if capability != "" && !l.spec.hasCapability(capability) {
		l.problems.add(at, "%s: needs unknown capability %s", what, capability)
	}
}

func (s *Spec) hasCapability(name string) bool {
	return slices.ContainsFunc(s.Capabilities, func(c *Capability) bool { return c.Name == name })
}

// Has reports whether the VM has a capability; all VMs have the empty one.
func (vm *VM) Has(capability string) bool {
	_, lacks := vm.Lacks[capability]
	return !lacks
}
