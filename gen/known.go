package gen

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/mtstates/go-mtstates/spec"
)

// KnownFailing maps names of VMs to the cases that they fail through their own fault.
type KnownFailing map[string][]spec.KnownFailing

// readKnownFailing reads the known_failing.txt that stands beside the adapter of each VM, where there is one.
func readKnownFailing(repository fs.FS, s *spec.Spec) (KnownFailing, error) {
	known := KnownFailing{}
	for _, vm := range s.VMs {
		name := path.Join("backend", vm.Package, "known_failing.txt")
		text, err := fs.ReadFile(repository, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		known[vm.Name], err = spec.ParseKnownFailing(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Dir(name), err)
		}
	}
	return known, nil
}
