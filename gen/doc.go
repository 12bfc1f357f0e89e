// Package gen turns the spec into Go code and documents. Only its command mtgen imports it; it imports package spec and
// nothing else of the project, so that it runs while what it generates does not compile.
//
// One emitter writes one kind of output; each is in a file of its own, with the Go that a chain of jennifer calls emits
// as a comment above the chain. Output depends on the spec, and on the lists of known failing cases beside the adapters. A generated file says so in its first line; files
// that say so and are not generated any more are removed, others are never touched.
//
// To add an output, write an emitter and name it in [Generate].
package gen

//go:generate go run ./cmd/mtgen
