package stdlib

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// standardFiles are the entries of io that are not functions, see OpenIO.
var standardFiles = []string{"stdin", "stdout", "stderr"}

// Check returns an error that names the first library or function in the options of a VM that the set does not have.
func (s *Set) Check(b backend.Backend, o backend.Options) error {
	for _, name := range slices.Concat(o.Open, o.Preload) {
		library, function, one := strings.Cut(name, ".")
		lib := s.named[library]
		if lib == nil {
			return fmt.Errorf("backend %s has no library %q", b.Name(), library)
		}
		if one && !lib.has(function) {
			return fmt.Errorf("backend %s has no library function %q", b.Name(), name)
		}
	}
	return nil
}

func (lib *library) has(name string) bool {
	_, ok := lib.index[name]
	return ok || lib.name == "io" && slices.Contains(standardFiles, name)
}

// choose makes the table of a library have the entries that a name chooses, as "os" or "os.time", and returns the library.
// It is called before anything is fetched.
func (o *opened) choose(name string) *library {
	library, function, one := strings.Cut(name, ".")
	lib := o.set.named[library]
	isIO, bit := lib.name == "io", uint64(1)<<lib.id
	switch {
	case !one:
		o.whole |= bit
		o.tables[lib.id].settled = 0
		if isIO {
			o.noFiles = nil
		}
		return lib
	case o.whole&bit != 0:
		return lib
	case o.partial&bit == 0:
		o.partial |= bit
		o.tables[lib.id].settled = ^uint64(0)
		if isIO {
			o.noFiles = slices.Clone(standardFiles)
		}
	}
	o.tables[lib.id].settled &^= lib.bits(function)
	if isIO {
		o.noFiles = slices.DeleteFunc(o.noFiles, func(name string) bool { return name == function })
	}
	return lib
}
