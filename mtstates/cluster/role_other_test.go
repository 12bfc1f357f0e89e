//go:build !unix

package cluster_test

import "errors"

// playRole is for tests that stop processes, which only the signals of Unix can.
func playRole(string, []string) error { return errors.New("no process has a role here") }
