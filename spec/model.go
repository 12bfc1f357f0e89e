package spec

import (
	"go/ast"
	"slices"
)

// Spec is the whole description. Its lists have the order of the files.
type Spec struct {
	// Dir is the folder of the spec, as messages and generated files call it.
	Dir string
	// Own says that the spec has the contract. One without it describes modules and backends of another program, and has
	// Operations, Libraries and Capabilities of the contract in Files.
	Own          bool
	Operations   []*Operation
	Libraries    []*Library
	Capabilities []*Capability
	Errors       []*Error
	Modules      []*Module  // sorted by file name
	Editions     []*Edition // the default first; none if all entries are the same everywhere
	Rules        []*Rule
	Differences  []Difference
	Profile      []*Area
	Sandbox      []SandboxGroup
	VMs          []*VM // the default first, the others sorted by file name
}

// Operation is a method of the interface VM.
type Operation struct {
	Pos
	Name    string
	Group   string // a heading, may be empty
	Doc     string
	Args    []Field
	Results []Field // all have names, or none has
}

// Field is an argument or a result of an operation; the name of a result may be empty.
type Field struct {
	Name string
	Type GoType
}

// GoType is a Go type in the signature of an operation.
type GoType struct {
	Prefix  string // "", "*" or "[]"
	Name    string // a predeclared type, or a type of package backend
	Backend bool   // Name is in package backend
}

// Library is a standard library of Lua that not all states have.
type Library struct {
	Pos
	Name  string
	Doc   string
	Needs string // a capability; empty when all backends have it
}

// Capability is a feature that a backend may lack by design.
type Capability struct {
	Pos
	Name string
	Doc  string
}

// Lack is the reason why a VM lacks a capability.
type Lack struct {
	Pos
	Reason string
}

// Edition is a set of rules for the Lua modules.
type Edition struct {
	Pos
	Name  string
	Doc   string
	Rules []*Rule
}

// Has reports whether a rule holds in the edition.
func (e *Edition) Has(r *Rule) bool { return slices.Contains(e.Rules, r) }

// Rule is what the core does in some editions.
type Rule struct {
	Pos
	Name    string
	Doc     string
	Without string // what it does in the others
}

// Difference is where an edition differs from the original module.
type Difference struct {
	Pos
	Edition             string
	Original, Ours, Why string
}

// Only are the names of the editions in which something exists; without any it exists in all.
type Only []string

// In reports whether something exists in an edition.
func (o Only) In(edition string) bool { return len(o) == 0 || slices.Contains(o, edition) }

// Error is an error of a Lua module.
type Error struct {
	Pos
	Only
	Module  string
	Name    string // such as "object_closed"
	Doc     string
	Message string // what the details hold
	Since   string
}

// LuaName returns MODULE.error.NAME.
func (e *Error) LuaName() string { return e.Module + ".error." + e.Name }

// Module is a Lua module that is written in Go.
type Module struct {
	Pos
	Name      string
	Package   string
	Go        string   // the type that functions are methods of, such as "*module"; empty when it is a generated interface
	Aliases   []string // further names for require
	Doc       string
	Functions []*Function
	Constants []*Constant
	Classes   []*Class
}

// Function is a function of a module or a method of a class.
type Function struct {
	Pos
	Module    string
	Class     string // empty for functions of the module
	Name      string // in Lua
	Go        string // name in Go, lowerCamel; given in the spec where the Lua name does not do
	Doc       string
	Signature string // arguments as the manual shows them, such as "[name,] setup [, ...]"
	Args      []*Arg
	Results   []*Result
	Pushes    bool // the Go function pushes its results, though they could be Go values
	Errors    []*Error
	Promises  []Promise
	Only      Only
	Variants  map[string]*Function // what it is in some editions, by their names; promises are those that are added
	without   []string             // promises that do not hold in the edition, for a variant
}

// ID returns "mtstates.newstate" for a function, "mtstates.state:call" for a method.
func (f *Function) ID() string {
	if f.Class == "" {
		return f.Module + "." + f.Name
	}
	return f.Module + "." + f.Class + ":" + f.Name
}

// Arg is an argument of a Lua function.
type Arg struct {
	Pos
	Name     string   // "..." for all further arguments; then it is the last
	Types    []string // of argumentTypes, or types of classes
	Leading  bool     // taken when its type fits and, if one behind it is required, another argument follows
	Nil      bool     // nil stands for "not given", but must be there unless the argument is leading or optional
	Optional bool
	Default  string // a Go literal; empty when there is none
	Min      string // the least number; empty when there is none
	Doc      string
}

// Result is a result of a Lua function.
type Result struct {
	Pos
	Name     string // "..." for any number, may be empty
	Types    []string
	Optional bool
	Doc      string
}

// Constant is a value in the table of a module.
type Constant struct {
	Pos
	Name  string
	Type  string   // string, integer, number or boolean
	Value ast.Expr // over m, vm, the identifiers of the module's package, and mtstates.X
	Doc   string
}

// Class is a type of userdata.
type Class struct {
	Pos
	Module   string
	Name     string
	Type     string // MODULE.NAME
	Go       string // such as "*State"; empty when it is a generated interface
	Resolve  string // a Go function that returns the object for userdata of other Go types; may be empty
	Doc      string
	Methods  []*Function
	Promises []Promise
	Only     Only
	Variants map[string]*Class // what it is in some editions, by their names, without methods; promises are those that are added
	without  []string          // promises that do not hold in the edition, for a variant
}

// Promise is one sentence of the contract, which a conformance case proves.
type Promise struct {
	Pos
	ID     string
	Text   string
	Module string
	Entry  string // the ID of the function or method, or the type of the class
}

// VM is a backend.
type VM struct {
	Pos
	Name       string
	Package    string
	Title      string // the name of the VM's project
	Import     string // the import path of the VM
	State      string // the type of a state in the VM's package, without pointer and package
	LuaVersion string
	Optional   bool   // compiled only under its tag, because it needs more than Go
	Tag        string // the build tag
	Default    bool
	Doc        string
	Lacks      map[string]Lack // by capabilities
	Mappings   []Mapping       // one for each operation, in the order of the operations
}

// Mapping is how a VM does an operation.
type Mapping struct {
	Pos
	Operation *Operation
	Expr      ast.Expr // over l, lua and the arguments; nil when there is a helper
	Helper    string   // a function of the adapter's package that gets l and the arguments
}

// ModuleErrors returns the errors of a module.
func (s *Spec) ModuleErrors(module string) []*Error {
	var errors []*Error
	for _, e := range s.Errors {
		if e.Module == module {
			errors = append(errors, e)
		}
	}
	return errors
}
