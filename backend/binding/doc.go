// Package binding binds Go functions to Lua: it registers modules and classes from tables, reads the arguments of a call
// and pushes its results. Generated code (module_gen.go of a module) uses it, and nothing else has to; modules of other
// programs, which mtgen generates too, import it as well. It knows package backend and package arg only.
//
// A table has a [Function] or a [Method] for each Lua name. Its Call reads the arguments in their order from an [Args],
// which raises Lua's standard errors for wrong ones, calls the Go function that a person writes, and hands the results to
// [Call.Return].
package binding
