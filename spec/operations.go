package spec

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// backendTypes are the types of package backend that operations may use.
var backendTypes = []string{
	"Backend", "Capabilities", "Context", "Env", "Failure", "Function", "Info", "Interrupt", "LightUserdata", "Options", "Restore",
	"Traceback", "Type", "VM", "Value", "Visit",
}

// takenNames are names that generated adapters use themselves.
var takenNames = []string{"l", "lua", "s"}

// readBackend reads backend.yaml.
func (l *loader) readBackend(r *reader, root *yaml.Node) {
	file := r.object(r.at(root), root, "the file", "operations", "libraries")
	file.require("operations", "libraries")
	for _, e := range file.named("operations", "operation") {
		l.spec.Operations = append(l.spec.Operations, r.operation(e))
	}
	for _, e := range file.named("libraries", "library") {
		o := r.object(e.Pos, e.node, "library "+e.name, "doc", "needs")
		l.spec.Libraries = append(l.spec.Libraries, &Library{o.Pos, e.name, o.text("doc"), o.optionalText("needs")})
	}
}

func (r *reader) operation(e entry) *Operation {
	o := r.object(e.Pos, e.node, "operation "+e.name, "group", "doc", "args", "results")
	if !token.IsIdentifier(e.name) || !token.IsExported(e.name) {
		r.problems.add(e.Pos, "%s: the name is not an exported Go identifier", o.what)
	}
	op := &Operation{
		Pos:   e.Pos,
		Name:  e.name,
		Group: o.optionalText("group"),
		Doc:   o.text("doc"),
	}
	seen := map[string]bool{}
	for _, text := range o.texts("args") {
		if field, ok := o.field(text, "argument"); ok {
			o.checkOperationName(text.Pos, "argument", field.Name, seen)
			op.Args = append(op.Args, field)
		}
	}
	for _, text := range o.texts("results") {
		result := text
		if !strings.Contains(text.name, " ") {
			result.name = "_ " + text.name
		}
		field, ok := o.field(result, "result")
		if !ok {
			continue
		}
		if field.Name == "_" {
			field.Name = ""
		} else {
			o.checkOperationName(text.Pos, "result", field.Name, seen)
		}
		if len(op.Results) > 0 && (op.Results[0].Name == "") != (field.Name == "") {
			o.problems.add(text.Pos, "%s: either all results have names or none has", o.what)
		}
		op.Results = append(op.Results, field)
	}
	return op
}

func (o object) checkOperationName(at Pos, kind, name string, seen map[string]bool) {
	if seen[name] {
		o.problems.add(at, "%s: duplicate name %s", o.what, name)
	}
	if slices.Contains(takenNames, name) {
		o.problems.add(at, "%s: the %s cannot be called %s, which generated code uses", o.what, kind, name)
	}
	seen[name] = true
}

// field reads "name type".
func (o object) field(e entry, kind string) (field Field, ok bool) {
	name, typ, found := strings.Cut(e.name, " ")
	if !found || !token.IsIdentifier(name) || typ == "" || strings.Contains(typ, " ") {
		o.problems.add(e.Pos, "%s: %s %q: want \"name type\"", o.what, kind, e.name)
		return Field{}, false
	}
	goType := GoType{Name: typ}
	for _, prefix := range []string{"*", "[]"} {
		if rest, ok := strings.CutPrefix(typ, prefix); ok {
			goType = GoType{Prefix: prefix, Name: rest}
		}
	}
	goType.Backend = slices.Contains(backendTypes, goType.Name)
	if _, predeclared := types.Universe.Lookup(goType.Name).(*types.TypeName); !predeclared && !goType.Backend {
		o.problems.add(e.Pos, "%s: %s %q: unknown Go type %s", o.what, kind, strings.TrimPrefix(e.name, "_ "), typ)
	}
	return Field{name, goType}, true
}
