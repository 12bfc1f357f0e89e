package spec

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// SandboxGroup is a part of the table of what a script can and cannot do of which the host expects the worst.
type SandboxGroup struct {
	Doc   string
	Lines []SandboxLine
}

// SandboxLine is a line of that table.
type SandboxLine struct {
	Pos
	Script string   // what the script does
	Gets   string   // what it gets
	Option string   // what the host must choose for it; empty when that is so without an option
	Cases  []string // cases of the conformance suite; a bomb as "bomb: NAME"
}

// readSandbox reads sandbox.yaml.
func (l *loader) readSandbox(r *reader, root *yaml.Node) {
	file := r.object(r.at(root), root, "the file", "groups")
	file.require("groups")
	for _, e := range file.named("groups", "group") {
		o := r.object(e.Pos, e.node, "group "+e.name, "doc", "lines")
		o.require("lines")
		group := SandboxGroup{Doc: o.text("doc")}
		for _, n := range o.list("lines") {
			group.Lines = append(group.Lines, r.sandboxLine(n))
		}
		l.spec.Sandbox = append(l.spec.Sandbox, group)
	}
}

func (r *reader) sandboxLine(n *yaml.Node) SandboxLine {
	o := r.object(r.at(n), n, "line", "script", "gets", "option", "cases")
	line := SandboxLine{Pos: r.at(n), Script: o.text("script"), Gets: o.text("gets"), Option: o.optionalText("option")}
	o.require("cases")
	for _, c := range o.texts("cases") {
		line.Cases = append(line.Cases, strings.TrimSpace(c.name))
	}
	if _, given := o.fields["cases"]; given && len(line.Cases) == 0 {
		r.problems.add(line.Pos, "line %q names no case", line.Script)
	}
	return line
}
