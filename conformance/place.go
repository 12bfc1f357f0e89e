package conformance

import (
	"fmt"
	"path"
	"runtime"
	"slices"
)

// callerOf returns "file.go:12" of the innermost frame of this package that is in none of the files.
func callerOf(files ...string) string {
	var counters [32]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(2, counters[:])])
	for {
		frame, more := frames.Next()
		file := path.Base(frame.File)
		if !slices.Contains(files, file) && path.Dir(frame.File) == thisFolder {
			return fmt.Sprintf("%s:%d", file, frame.Line)
		}
		if !more {
			return ""
		}
	}
}

var thisFolder = func() string {
	_, file, _, _ := runtime.Caller(0)
	return path.Dir(file)
}()
