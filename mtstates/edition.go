package mtstates

import (
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// edition is a set of rules for the Lua modules. All editions are generated from the spec (editions_gen.go).
type edition struct {
	name string
	rules
}

// WithEdition chooses the edition of the Lua modules: "seed", the default, or "0.4" for scripts that were written for the
// released module. COMPATIBILITY.md compares them.
func WithEdition(name string) Option {
	return registryOption(func(r *Registry) {
		for _, e := range editions {
			if e.name == name {
				r.edition = e
				return
			}
		}
		r.faults = append(r.faults, fmt.Errorf("there is no edition %q (there are %s)", name, strings.Join(Editions(), " and ")))
	})
}

// Editions returns the names of all editions, the default first.
func Editions() []string {
	names := make([]string, len(editions))
	for i, e := range editions {
		names[i] = e.name
	}
	return names
}

// editionOf returns the name of the edition of the modules in a VM. Generated code asks for it when it opens a module.
func editionOf(vm backend.VM) string { return editionIn(vm).name }

// editionIn returns the edition of the modules in a VM, the default for a VM of no registry.
func editionIn(vm backend.VM) *edition {
	if m := moduleOf(vm); m != nil {
		return m.registry.edition
	}
	return editions[0]
}
