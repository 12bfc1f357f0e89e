//go:build !unix

package cluster_test

import "errors"

// playRole is for tests that stop processes, which only the signals of Unix can.
func playRole(string, []string) error { return errors.New("no process has a role here") }

// processorTime is for ratios, of which there are none here.
func processorTime() float64 { return 0 }
