package gen

import (
	"slices"
	"strings"
)

// File is a generated file.
type File struct {
	// Path is relative to the root of the Go module, with slashes.
	Path    string
	Content []byte
}

// emitter makes the files of one kind.
type emitter func(*Target) ([]File, error)

// Generate returns all generated files, sorted by path. An error is one of the generator, or of a Go expression in the
// spec that is well-formed but not in its place.
func Generate(t *Target) ([]File, error) {
	emitters := []emitter{emitAdapters, emitErrors, emitModules, emitAnnotations, emitManual}
	if t.Own {
		emitters = append(emitters, emitInterface, emitCapabilities, emitSelected, emitProfile, emitDifferences, emitSandbox, emitEditions)
	}
	var all []File
	for _, emit := range emitters {
		files, err := emit(t)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	slices.SortFunc(all, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}
