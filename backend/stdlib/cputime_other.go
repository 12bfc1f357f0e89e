//go:build !unix && !windows

package stdlib

import "time"

// processorTime has no answer: WebAssembly and Plan 9 offer no such time to Go programs.
func processorTime() (used time.Duration, ok bool) { return 0, false }
