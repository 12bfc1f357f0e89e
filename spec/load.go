package spec

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Load reads the files of a spec. The error is [Problems] when the files have any; then there is no model.
func Load(fsys fs.FS) (*Spec, error) {
	l := loader{fsys: fsys}
	read := map[string]func(*reader, *yaml.Node){
		"backend.yaml":      l.readBackend,
		"capabilities.yaml": l.readCapabilities,
		"errors.yaml":       l.readErrors,
		"profile.yaml":      l.readProfile,
	}
	for file, f := range read {
		l.readFile(file, f)
	}
	l.readFolder("modules", l.readModule)
	l.readFolder("vms", l.readVM)
	if !l.incomplete {
		l.check()
	}
	if len(l.problems) > 0 {
		l.problems.tidy()
		return nil, l.problems
	}
	slices.SortStableFunc(l.spec.VMs, func(a, b *VM) int {
		return cmp.Compare(defaultFirst(a), defaultFirst(b))
	})
	return &l.spec, nil
}

func defaultFirst(vm *VM) int {
	if vm.Default {
		return 0
	}
	return 1
}

// loader collects the model and its problems.
type loader struct {
	fsys     fs.FS
	spec     Spec
	problems Problems
	// incomplete says that a file is missing or no YAML, so that what refers to it cannot be checked.
	incomplete bool
	// What refers to other files; check resolves it.
	errorRefs   []errorRef
	errorGroups []entry       // the modules that errors.yaml names
	aliases     []entry       // of all modules
	vmRefs      []vmRef       // the VMs that capabilities.yaml names
	vmMappings  [][]vmMapping // by VM
	tagPos      []Pos         // by VM
}

func (l *loader) readFolder(folder string, read func(*reader, *yaml.Node)) {
	files, err := fs.Glob(l.fsys, folder+"/*.yaml")
	if err != nil || len(files) == 0 {
		l.incomplete = true
		l.problems.add(Pos{folder, 1, 1}, "there is no YAML file in the folder")
	}
	for _, file := range files {
		l.readFile(file, read)
	}
}

func (l *loader) readFile(file string, read func(*reader, *yaml.Node)) {
	text, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.incomplete = true
		l.problems.add(Pos{file, 1, 1}, "the file is missing")
		return
	}
	var document yaml.Node
	if err := yaml.Load(text, &document); err != nil {
		l.incomplete = true
		at, message := syntaxProblem(file, err)
		l.problems.add(at, "%s", message)
		return
	}
	read(&reader{file, &l.problems}, resolve(document.Content[0]))
}

// syntaxProblem takes place and message out of an error of the YAML package.
func syntaxProblem(file string, err error) (Pos, string) {
	at := Pos{file, 1, 1}
	var loadError *yaml.LoadError
	if !errors.As(err, &loadError) {
		return at, err.Error()
	}
	if loadError.Mark.Line > 0 {
		at.Line, at.Column = loadError.Mark.Line, max(loadError.Mark.Column, 1)
	}
	message := loadError.Message
	if loadError.ContextMsg != "" {
		message = loadError.ContextMsg + ": " + message
	}
	return at, message
}

// fileName returns the name of the file without folder and extension.
func (r *reader) fileName() string {
	base := path.Base(r.file)
	return base[:len(base)-len(path.Ext(base))]
}
