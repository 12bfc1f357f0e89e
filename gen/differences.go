package gen

import (
	"slices"

	"github.com/mtstates/go-mtstates/spec"
)

// emitDifferences makes mtstates/BACKENDS.md: what a user must know before the build tag is changed.
func emitDifferences(s *Target) ([]File, error) {
	w := new(manualWriter)
	w.paragraph("<!-- %s -->", s.header(""))
	w.paragraph("# What differs between backends")
	w.paragraph("A script that keeps to the [profile](PROFILE.md) does the same with every build tag, " +
		"but for what stands on this page.")
	w.paragraph("## Capabilities")
	w.lacks(s)
	for _, vm := range s.VMs {
		w.paragraph("## Known failures of %s", vm.Title)
		if len(s.Known[vm.Name]) == 0 {
			w.paragraph("None.")
			continue
		}
		w.paragraph("Faults of the VM itself, each with the conformance case that shows it.")
		w.table("case", "fault")
		for _, k := range s.Known[vm.Name] {
			w.row(code(k.Case), sentence(k.Reason))
		}
		w.line("")
	}
	return []File{w.file("mtstates/BACKENDS.md")}, nil
}

// lacks writes a row for each capability that not all backends have.
func (w *manualWriter) lacks(s *Target) {
	lacked := slices.DeleteFunc(slices.Clone(s.Capabilities), func(c *spec.Capability) bool {
		return !slices.ContainsFunc(s.VMs, func(vm *spec.VM) bool { return !vm.Has(c.Name) })
	})
	if len(lacked) == 0 {
		w.paragraph("All backends can do the same.")
		return
	}
	w.paragraph("What a backend lacks by design.")
	heads := []string{""}
	for _, vm := range s.VMs {
		heads = append(heads, vm.Title+" ("+code(vm.Tag)+")")
	}
	w.table(heads...)
	for _, c := range lacked {
		cells := []string{code(c.Name) + ": " + c.Doc}
		for _, vm := range s.VMs {
			if lack, lacks := vm.Lacks[c.Name]; lacks {
				cells = append(cells, "no: "+lack.Reason)
			} else {
				cells = append(cells, "yes")
			}
		}
		w.row(cells...)
	}
	w.line("")
}
