package spec

import "strings"

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

// goName is what the Go name of a function or method is made of.
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

// Class returns the class with the name, nil when the module has none.
func (m *Module) Class(name string) *Class {
	for _, c := range m.Classes {
		if c.Name == name {
			return c
		}
	}
	return nil
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
	if m.Go == "" {
		declare(m.Pos, "", "Module", "the interface of the module")
		declare(m.Pos, "", "Open", "what opens the module")
		declare(m.Pos, "", "New", "what makes the module")
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
		declare(f.Pos, ".", m.Handler(f), "function "+f.Name)
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
