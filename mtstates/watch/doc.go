// Package watch gives pools the code in files, again whenever that changes:
//
//	go watch.Pool(ctx, pool, "rules.lua", watch.Also("lib"))
//
// Calls that run end with the code that they began with, those that come afterwards get the new code, and code that does not
// load leaves the pool as it was.
//
// Any program may import this package. It is one of its own so that the core links nothing that watches files.
package watch
