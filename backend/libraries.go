package backend

import (
	"fmt"
	"slices"
)

// CheckLibraries returns an error that names the first library in the options that b does not have.
func CheckLibraries(b Backend, o Options) error {
	known := b.Libraries()
	for _, name := range slices.Concat(o.Open, o.Preload) {
		if !slices.Contains(known, name) {
			return fmt.Errorf("backend %s has no library %q", b.Name(), name)
		}
	}
	return nil
}
