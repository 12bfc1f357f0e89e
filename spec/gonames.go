package spec

import (
	"go/token"
	"strings"
)

// initialisms are words that Go names write in capitals.
var initialisms = map[string]string{"id": "ID"}

// Exported returns a name of the spec as an exported Go name: "object_closed" becomes "ObjectClosed", "id" becomes "ID".
func Exported(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '.' }) {
		if capitals, ok := initialisms[word]; ok {
			b.WriteString(capitals)
		} else {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// Unexported returns a name of the spec as an unexported Go name: "loop_id" becomes "loopID".
func Unexported(name string) string {
	first, rest, _ := strings.Cut(strings.TrimLeft(name, "_"), "_")
	return strings.ToLower(first[:1]) + first[1:] + Exported(rest)
}

// goName are the parts of the Go name of a function or method.
func (f *Function) goName() string {
	if f.Go != "" {
		return f.Go
	}
	return f.Name
}

// Handler returns the name of the Go method that does a function or method: Newstate or newstate, StateCall or stateCall
// for a method whose class is a Go type of its own, Call when the class is a Go interface.
func (m *Module) Handler(f *Function) string {
	switch c := m.Class(f.Class); {
	case c != nil && c.Go == "":
		return Exported(f.goName())
	case m.Go == "":
		return Exported(f.Class) + Exported(f.goName())
	case c != nil:
		return Unexported(f.Class) + Exported(f.goName())
	}
	return Unexported(f.goName())
}

// Class returns the class with the name, nil if the module has none.
func (m *Module) Class(name string) *Class {
	for _, c := range m.Classes {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// checkFields checks that the table of a module gets each field once.
func checkFields(problems *Problems, m *Module, errors []*Error) {
	fields := map[string]bool{"error": len(errors) > 0}
	for _, f := range m.Functions {
		if fields[f.Name] {
			problems.add(f.Pos, "function %s: the table of errors has the name", f.ID())
		}
		fields[f.Name] = true
	}
	for _, c := range m.Constants {
		if fields[c.Name] {
			problems.add(c.Pos, "constant %s.%s: something else of the module has the name", m.Name, c.Name)
		}
	}
}

// checkGoNames checks that generated code declares each name once.
func checkGoNames(problems *Problems, m *Module, errors []*Error) {
	declared := map[string]string{}
	declare := func(at Pos, scope, name, what string) {
		if other, taken := declared[scope+name]; taken {
			problems.add(at, "module %s: %s and %s are both %s in Go", m.Name, other, what, name)
			return
		}
		declared[scope+name] = what
	}
	if m.Go != "" {
		declare(m.Pos, ".", "open", "what opens the module")
	} else {
		declare(m.Pos, "", "Module", "the interface of the module")
		declare(m.Pos, "", "Open", "what opens the module")
		declare(m.Pos, "", "Modules", "what returns the module")
	}
	for _, c := range m.Classes {
		if c.Go == "" {
			name := Exported(c.Name)
			declare(c.Pos, "", name, "class "+c.Name)
			declare(c.Pos, "", "Push"+name, "what pushes a "+c.Name)
			declare(c.Pos, "", "To"+name, "what returns a "+c.Name)
		}
	}
	for _, e := range errors {
		declare(e.Pos, "", "Err"+Exported(e.Name), "error "+e.Name)
	}
	for _, f := range m.Functions {
		name := m.Handler(f)
		declare(f.Pos, ".", name, "function "+f.Name)
		if token.IsKeyword(name) {
			problems.add(f.Pos, "function %s: %s is a Go keyword, so it needs another name under go", f.ID(), name)
		}
	}
	for _, c := range m.Classes {
		scope := "."
		if c.Go == "" {
			scope = c.Name + "."
		}
		for _, f := range c.Methods {
			declare(f.Pos, scope, m.Handler(f), "method "+c.Name+":"+f.Name)
		}
	}
}
