// Package tasks has ten tasks that programs which embed Lua in many goroutines have, each as an example with mtstates
// (NAME_test.go) and as one that does the same by hand on gopher-lua (NAME_byhand_test.go). README.md says how many lines each
// takes; a test keeps it up to date.
package tasks
