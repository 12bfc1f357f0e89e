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
		o := r.object(e.Pos, e.node, "capability "+e.name, "doc", "has", "lacks")
		r.checkLuaName(e.Pos, o.what, e.name)
		c := &Capability{Pos: e.Pos, Name: e.name, Doc: o.text("doc"), Lacks: map[string]string{}}
		for _, vm := range o.texts("has") {
			if slices.Contains(c.Has, vm.name) {
				r.problems.add(vm.Pos, "%s: has: duplicate vm %s", o.what, vm.name)
				continue
			}
			c.Has = append(c.Has, vm.name)
			l.vmRefs = append(l.vmRefs, vmRef{vm.Pos, o.what, vm.name})
		}
		for _, vm := range o.named("lacks", "vm") {
			c.Lacks[vm.name] = ""
			if isNull(vm.node) || vm.node.Kind == yaml.ScalarNode && vm.node.Value == "" {
				r.problems.add(vm.Pos, "%s: lacks: %s: missing reason", o.what, vm.name)
			} else if r.is(vm.node, yaml.ScalarNode, o.what+": lacks: "+vm.name) {
				c.Lacks[vm.name] = vm.node.Value
			}
			l.vmRefs = append(l.vmRefs, vmRef{vm.Pos, o.what, vm.name})
		}
		l.spec.Capabilities = append(l.spec.Capabilities, c)
	}
}
