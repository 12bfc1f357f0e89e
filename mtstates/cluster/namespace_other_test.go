//go:build unix && !linux

package cluster_test

import (
	"errors"
	"syscall"
	"testing"
)

// namespace is what only Linux has.
type namespace struct{ process *process }

func canSeparate() error { return errors.New("only Linux has network namespaces") }

func newNamespace(testing.TB, func(string, *syscall.SysProcAttr) *process) *namespace {
	panic("canSeparate has not been asked")
}

func (*namespace) set(bool) {}
