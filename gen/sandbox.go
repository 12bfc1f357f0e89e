package gen

import "strings"

// emitSandbox makes mtstates/SANDBOX.md, the table of what a script can and cannot do of which the host expects the worst.
func emitSandbox(s *Target) ([]File, error) {
	if len(s.Sandbox) == 0 {
		return nil, nil
	}
	w := new(manualWriter)
	w.paragraph("<!-- %s -->", s.header("sandbox.yaml"))
	w.paragraph("# What an untrusted script can do")
	w.paragraph("A host that runs scripts of which it expects the worst chooses the options in the third column; the lines without " +
		"one hold always. [For operators](guides/operators.md) says what the options limit. Each line names the cases of the " +
		"[conformance suite](../conformance/COVERAGE.md) that show it on every backend; bombs are scripts of which " +
		"[each](../conformance/bombs/bombs.txt) must end with an error, in a process with little memory.")
	for _, group := range s.Sandbox {
		w.paragraph("## %s", group.Doc)
		w.table("a script that", "gets", "option", "cases")
		for _, line := range group.Lines {
			var cases []string
			for _, c := range line.Cases {
				cases = append(cases, code(c))
			}
			w.row(line.Script, line.Gets, line.Option, strings.Join(cases, ", "))
		}
		w.line("")
	}
	return []File{w.file("mtstates/SANDBOX.md")}, nil
}
