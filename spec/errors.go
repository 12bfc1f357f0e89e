package spec

import "go.yaml.in/yaml/v4"

// readErrors reads errors.yaml.
func (l *loader) readErrors(r *reader, root *yaml.Node) {
	file := r.object(r.at(root), root, "the file", "errors")
	file.require("errors")
	for _, group := range file.named("errors", "module") {
		l.errorGroups = append(l.errorGroups, group)
		for _, e := range r.entries(group.node, "errors of "+group.name, "error") {
			o := r.object(e.Pos, e.node, "error "+group.name+".error."+e.name, "doc", "message", "since", "only")
			r.checkLuaName(e.Pos, o.what, e.name)
			l.spec.Errors = append(l.spec.Errors, &Error{
				Pos:     e.Pos,
				Only:    l.only(o),
				Module:  group.name,
				Name:    e.name,
				Doc:     o.text("doc"),
				Message: o.text("message"),
				Since:   o.text("since"),
			})
		}
	}
}
