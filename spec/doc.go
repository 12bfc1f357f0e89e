// Package spec holds the YAML files that describe the project, and the model that they become. They are the single
// source of generated code and documents. The generator and tests may import it (the conformance suite takes its list
// of entries from here); nothing that runs in a program does. It imports no other package of the project.
//
// # Files
//
//	backend.yaml       the operations of a backend's VM, and the standard libraries
//	capabilities.yaml  what a backend may lack by design
//	errors.yaml        the errors of the modules
//	profile.yaml       the Lua that a script may rely on with every backend
//	modules/*.yaml     the Lua modules: functions, constants, classes, promises
//	vms/*.yaml         the backends: how each operation is done in a VM, and which capabilities it lacks, and why
//
// The spec of another program has errors.yaml, modules and vms only, as far as it needs them.
//
// [ParseKnownFailing] reads the lists of conformance cases that a VM fails. Those files are beside the adapters,
// because they are about bugs and not about design.
//
// # Problems
//
// [Load] reads the files as YAML nodes, so it can report each problem with its file, line and column, and it reports
// all of them at once. The model that it returns has no problems; its users need not check again.
package spec
