// Package gotext knows the texts of Go run-time errors, which no Lua script may ever see: the conformance suite and the
// fuzzer look for them in whatever scripts print.
package gotext

import "regexp"

// texts are what the Go run-time and the package reflect say when code is wrong.
var texts = regexp.MustCompile(`runtime error: |slice bounds|index out of range \[|interface conversion|nil pointer|invalid memory address|` +
	`entry in nil map|makeslice|integer divide by zero|hash of unhashable type|all goroutines are asleep|goroutine \d+ \[|reflect: |reflect\.Value`)

// Find returns the first text of a Go run-time error in what a script printed, or "".
func Find(printed string) string { return texts.FindString(printed) }
