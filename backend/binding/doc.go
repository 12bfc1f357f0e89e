// Package binding binds Go functions to Lua: it registers modules and classes from tables, reads the arguments of a
// call and pushes its results. Generated code (module_gen.go of a module) uses it, also in modules of other programs
// that mtgen generates; other code has no need to. It imports only packages backend and arg.
//
// A table has a [Function] or a [Method] for each Lua name. Its Call reads the arguments in order from an [Args], which
// raises Lua's standard errors, calls the Go function that a person writes, and passes the results to [Call.Return].
package binding
