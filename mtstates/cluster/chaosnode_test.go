//go:build unix

package cluster_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// counter is a virtual state that counts its calls, and notes each in the journal of its process.
const counter = `
	local name = ...
	local note = require("journal")
	local n = 0
	return function(id)
		n = n + 1
		note(id, name, n)
		return note(), n
	end`

// playNode is a process that makes counters and shares one of its own. It drains at SIGTERM.
func playNode(url, name, journal, which string) error {
	file, err := os.OpenFile(journal, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(which)
	var made atomic.Int64
	module := mtstates.Module{Name: "journal", Open: func(_ *mtstates.Registry, vm backend.VM) int {
		activation := fmt.Sprint(os.Getpid(), "/", made.Add(1))
		vm.PushFunction(func(vm backend.VM) int {
			id, ok := vm.ToString(1)
			if !ok {
				vm.PushString(activation)
				return 1
			}
			of, _ := vm.ToString(2)
			n, _ := vm.ToNumber(3)
			// One write of a short line to a file that is open for appending is not mixed with those of other processes.
			if _, err := fmt.Fprintf(file, "%s\t%s\t%s\t%d\t%d\n", id, of, activation, int(n), time.Now().UnixNano()); err != nil {
				return modules.Raise(vm, err)
			}
			return 0
		})
		return 1
	}}
	states, err := mtstates.NewRegistry(backends.All()[number], mtstates.WithModules(module))
	if err != nil {
		return err
	}
	node, err := cluster.Join(context.Background(), states, cluster.URL(url), cluster.Named(name), cluster.Lease(chaosLease))
	if err != nil {
		return err
	}
	if err := node.Activate("counter/*", counter); err != nil {
		return err
	}
	own := fmt.Sprint("shared ", os.Getpid())
	st, _, err := states.NewState(context.Background(), counter, mtstates.Named(own), mtstates.Arguments(own))
	if err != nil {
		return err
	}
	if err := node.Share(context.Background(), st); err != nil {
		return err
	}
	fmt.Println("ready")
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1)) // it ends with the test
		os.Exit(0)
	}()
	<-ctx.Done()
	return node.Drain(context.Background())
}

// freePorts returns ports that are free now.
func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}
