package gen

import (
	"regexp"
	"strings"

	"github.com/mtstates/go-mtstates/spec"
)

// emitProfile makes mtstates/PROFILE.md, the Lua that a script may rely on with every backend.
func emitProfile(s *Target) ([]File, error) {
	w := new(manualWriter)
	w.paragraph("<!-- %s -->", s.header("profile.yaml"))
	w.paragraph("# Profile")
	w.paragraph("The Lua that a script may rely on with every backend. The standard is PUC Lua: where Lua 5.1 and 5.2 " +
		"agree, this is what they do; where they differ, *as Lua 5.1*, *as Lua 5.2* or *as neither* says which of them the " +
		"profile follows. *Needs* names a [capability](BACKENDS.md#capabilities). The id in front of a sentence is the one under " +
		"which the conformance suite proves it.")
	for _, a := range s.Profile {
		w.line("- [%s](#%s): %s", a.Name, a.Name, literally(a.Doc))
	}
	w.line("")
	for _, a := range s.Profile {
		w.area(a)
	}
	return []File{w.file("mtstates/PROFILE.md")}, nil
}

func (w *manualWriter) area(a *spec.Area) {
	w.paragraph("## %s", a.Name)
	w.paragraph("%s%s", literally(a.Doc), remarks("", a.Needs))
	for _, f := range a.Functions {
		w.standard(f, "("+f.Signature+")")
	}
	for _, v := range a.Values {
		w.standard(v, "")
	}
	for _, m := range a.Methods {
		w.standard(m, "("+m.Signature+")")
	}
	w.behaviours("", a.Behaviours)
	w.line("")
	if len(a.Outside) > 0 {
		w.paragraph("*Outside of the profile:* %s", literally(strings.Join(a.Outside, "; ")))
	}
}

func (w *manualWriter) standard(s *spec.Standard, call string) {
	w.line("- **%s**: %s%s", code(s.ID+call), literally(s.Doc), remarks(s.Like, s.Needs))
	w.behaviours("  ", s.Behaviours)
}

func (w *manualWriter) behaviours(indent string, behaviours []*spec.Behaviour) {
	for _, b := range behaviours {
		w.line("%s- %s: %s%s", indent, code(b.ID), literally(b.Text), remarks(b.Like, b.Needs))
	}
}

// remarks returns " *As Lua 5.2.* *Needs coroutines.*", or "" when there is nothing to remark.
func remarks(like, needs string) string {
	text := ""
	if like != "" {
		text = " *As " + like + ".*"
	}
	if needs != "" {
		text += " *Needs " + code(needs) + ".*"
	}
	return text
}

// markup matches what Markdown could take for something else than text, such as the * of *l or the _ of __index.
var markup = regexp.MustCompile("[\\\\*<`]|\\b_|_\\b")

// literally returns a sentence that Markdown shows as it is.
func literally(text string) string { return markup.ReplaceAllString(sentence(text), `\$0`) }
