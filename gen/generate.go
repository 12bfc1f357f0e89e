package gen

import (
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/spec"
)

// File is a generated file.
type File struct {
	// Path is relative to the root of the repository, with slashes.
	Path    string
	Content []byte
}

// emitter makes the files of one kind.
type emitter func(*spec.Spec) ([]File, error)

// Generate returns all generated files, sorted by path. known goes into the page of what differs between backends. An
// error is one of the generator, or of a Go expression in the spec that is well-formed but not in its place.
func Generate(s *spec.Spec, known KnownFailing) ([]File, error) {
	var all []File
	for _, emit := range []emitter{
		emitInterface,
		emitCapabilities,
		emitAdapters,
		emitSelected,
		emitErrors,
		emitModules,
		emitAnnotations,
		emitManual,
		emitProfile,
		func(s *spec.Spec) ([]File, error) { return emitDifferences(s, known) },
	} {
		files, err := emit(s)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	slices.SortFunc(all, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}
