package spec

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Load reads the files of a spec; messages call their folder dir. A spec with a contract has all files, but
// editions.yaml only if its modules have editions, and sandbox.yaml if it says what scripts can do. One without a contract describes modules and backends of another
// program: it has errors.yaml, modules/*.yaml and vms/*.yaml as needed, and takes the contract from [Files]. The error is [Problems] if the files have any; then there is no model.
func Load(fsys fs.FS, dir string) (*Spec, error) {
	l := loader{fsys: fsys, spec: Spec{Dir: dir}}
	l.spec.Own = slices.ContainsFunc(contractFiles, l.exists)
	l.readContract()
	if l.spec.Own || l.exists("errors.yaml") {
		l.readFile("errors.yaml", l.readErrors)
	}
	if l.exists("editions.yaml") {
		l.readFile("editions.yaml", l.readEditions)
	}
	if l.exists("sandbox.yaml") {
		l.readFile("sandbox.yaml", l.readSandbox)
	}
	l.readFolder("modules", l.readModule)
	l.readFolder("vms", l.readVM)
	l.checkFiles()
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

// contractFiles are the files of a contract. A spec has all of them or none.
var contractFiles = []string{"backend.yaml", "capabilities.yaml", "profile.yaml"}

func (l *loader) exists(file string) bool {
	_, err := fs.Stat(l.fsys, file)
	return err == nil
}

// readContract reads the contract, or takes that of Files.
func (l *loader) readContract() {
	if l.spec.Own {
		l.readFile("backend.yaml", l.readBackend)
		l.readFile("capabilities.yaml", l.readCapabilities)
		l.readFile("profile.yaml", l.readProfile)
		return
	}
	contract, err := Load(Files, "spec")
	if err != nil {
		panic(err) // a test proves that there are no problems
	}
	l.spec.Operations = contract.Operations
	l.spec.Libraries = contract.Libraries
	l.spec.Capabilities = contract.Capabilities
	l.contractModules = contract.Modules
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
	// incomplete means that a file is missing or is not YAML, so references to it cannot be checked.
	incomplete bool
	// contractModules are the modules of the contract that a program elsewhere uses.
	contractModules []*Module
	// What refers to other files; check resolves it.
	errorRefs   []errorRef
	errorGroups []entry       // the modules that errors.yaml names
	aliases     []entry       // of all modules
	editionRefs []entry       // the editions that entries name
	vmMappings  [][]vmMapping // by VM
	tagPos      []Pos         // by VM
}

func (l *loader) readFolder(folder string, read func(*reader, *yaml.Node)) {
	files, err := fs.Glob(l.fsys, folder+"/*.yaml")
	if l.spec.Own && (err != nil || len(files) == 0) {
		l.incomplete = true
		l.problems.add(l.place(folder), "there is no YAML file in the folder")
	}
	for _, file := range files {
		l.readFile(file, read)
	}
}

func (l *loader) readFile(file string, read func(*reader, *yaml.Node)) {
	text, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.incomplete = true
		l.problems.add(l.place(file), "the file is missing")
		return
	}
	var document yaml.Node
	if err := yaml.Load(text, &document); err != nil {
		l.incomplete = true
		at, message := syntaxProblem(l.place(file), err)
		l.problems.add(at, "%s", message)
		return
	}
	read(&reader{l.place(file).File, &l.problems}, resolve(document.Content[0]))
}

// place returns the beginning of a file.
func (l *loader) place(file string) Pos { return Pos{path.Join(l.spec.Dir, file), 1, 1} }

// checkFiles reports YAML files that nothing reads, and a spec of another program without any.
func (l *loader) checkFiles() {
	known := append([]string{"errors.yaml", "editions.yaml", "sandbox.yaml"}, contractFiles...)
	count := 0
	err := fs.WalkDir(l.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch folder := path.Dir(name); {
		case path.Ext(name) == ".yaml" && (folder == "modules" || folder == "vms"):
			count++
		case slices.Contains(known, name):
		case path.Ext(name) == ".yaml" || path.Ext(name) == ".yml":
			l.problems.add(l.place(name), "the file is none of %s, modules/NAME.yaml and vms/NAME.yaml", strings.Join(known, ", "))
		}
		return nil
	})
	if err != nil {
		l.problems.add(l.place("."), "%v", err)
	} else if count == 0 && !l.spec.Own {
		l.problems.add(l.place("."), "there is neither modules/NAME.yaml nor vms/NAME.yaml")
	}
}

// syntaxProblem turns an error of the YAML package into a problem; at is the beginning of the file.
func syntaxProblem(at Pos, err error) (Pos, string) {
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
