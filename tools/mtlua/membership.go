package main

import (
	"context"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// membership is the program's place in a cluster, if it has one.
type membership struct{ node atomic.Pointer[cluster.Node] }

// join joins the cluster of the servers that the command line names, if any.
func (m *membership) join(h *host.Host, line *commandLine) error {
	if line.cluster == "" {
		return nil
	}
	options, err := line.security.Options()
	if err != nil {
		return err
	}
	node, err := cluster.Join(context.Background(), h.States, append(options, cluster.URL(line.cluster))...)
	if err == nil {
		m.node.Store(node)
	}
	return err
}

// leave frees the names of the program's states.
func (m *membership) leave() {
	if node := m.node.Load(); node != nil {
		_ = node.Close() // it always succeeds: what remains ends with the lease
	}
}
