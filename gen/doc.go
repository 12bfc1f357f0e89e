// Package gen turns a spec into Go code and documents. Only its command mtgen imports it; it imports package spec and
// nothing else of the project, so that it runs while what it generates does not compile.
//
// # Use from another program
//
// The generator makes Lua modules and backends for any Go module, and gen/testdata/outside is one that it does this for.
// Add it as a tool, and a line for go generate to some package:
//
//	go get -tool github.com/mtstates/go-mtstates/gen/cmd/mtgen
//	//go:generate go tool mtgen
//
// A Lua module is a file spec/modules/NAME.yaml:
//
//	module: ledger               # what require finds; aliases: [...] are further names
//	package: ledger              # the Go package, in the folder of the same name
//	doc: Accounts that scripts keep together.
//	functions:
//	  open:
//	    doc: Opens an account.
//	    signature: name [, limit]
//	    args:
//	      - {name: name, type: string, doc: its name}
//	      - {name: limit, type: number, optional: true, default: "0", min: "0", doc: how far it may be overdrawn}
//	    results:
//	      - {type: ledger.account, doc: the account}
//	    errors: [overdrawn]      # of spec/errors.yaml
//	constants:
//	  _VERSION: {type: string, value: Version, doc: the version}  # value is a Go expression over the package
//	classes:
//	  account:
//	    type: ledger.account
//	    doc: An account.
//	    methods:                 # as functions
//	      balance: {doc: Returns what is in it., results: [{type: number, doc: the amount}]}
//
// The generated package has the interface Module, with a method for each function, and an interface for each class; a
// person implements them. Modules registers a Module with mtstates.WithModules, so that require finds it in every state.
// Arguments are checked and converted before a method is called, and wrong ones raise Lua's standard errors:
//
//   - string, integer, number and boolean become string, int64, float64 and bool; one that is optional or nil without a
//     default becomes a binding.Optional.
//   - an object of a class of the module becomes its Go interface, nil when it is not given.
//   - function, table, value (anything), a class of another module such as mtstates.state, and unions such as
//     string|table become an index of the stack, 0 when the argument is not given.
//   - "..." stands for all further arguments, and becomes the index of the first.
//   - optional may be left out or nil; nil may be nil but not left out; leading is taken only when it is of its type, for
//     arguments that may be left out in front of others.
//
// Results become Go results in the same way; string|nil and optional results are a binding.Optional. A function with
// results of other types, with "...", or with "pushes: true" pushes its results itself and returns their number. An error
// that a method returns is raised: one of spec/errors.yaml as an object, any other one as its text with the position of
// the caller.
//
// With "go: *Type" a module or a class has a type of the package instead of a generated interface; a class may name an
// interface of the package, too. Functions and methods are then unexported methods of the module's type; those of a
// class get the object as an argument.
//
// A backend is a file spec/vms/NAME.yaml, such as those of this project: for each operation of spec/backend.yaml a Go
// expression over the arguments and l, the VM's own state, or the name of a helper in the same package, which a person
// writes together with newVM, prepare and degraded. Where the contract lets a VM lack something, the file says why.
//
// # How it works
//
// One emitter writes one kind of output; each is in a file of its own, with the Go that a chain of jennifer calls emits
// as a comment above the chain. Output depends on the spec, on the path of the Go module, and on the lists of known
// failing cases beside the adapters. A generated file says so in its first line; files that say so and are not generated
// any more are removed, others are never touched.
//
// To add an output, write an emitter and name it in [Generate].
package gen

//go:generate go run ./cmd/mtgen
