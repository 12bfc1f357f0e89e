package cluster_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// namespace is a network of its own, in which a process lives that a test started. A pair of virtual devices connects it
// with that of the test. Both end with the process.
type namespace struct {
	t       testing.TB
	process *process
	device  string // of the test
	number  int    // of the addresses
}

var namespaces atomic.Int64

// canSeparate reports whether the machine lets the tests make namespaces: that takes the rights and the programs. It also
// returns why not.
func canSeparate() error {
	for _, program := range []string{"ip", "nsenter"} {
		if _, err := exec.LookPath(program); err != nil {
			return err
		}
	}
	device := fmt.Sprint("mt", os.Getpid())
	if err := command("ip", "link", "add", device, "type", "veth", "peer", "name", device+"p"); err != nil {
		return err
	}
	if err := command("ip", "link", "delete", device); err != nil {
		return err
	}
	c := exec.Command("ip", "link")
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	return c.Run()
}

func command(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w %s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// newNamespace returns a namespace for a process that start is to start, with the address at which it finds the machine
// of the test.
func newNamespace(t testing.TB, start func(host string, attributes *syscall.SysProcAttr) *process) *namespace {
	t.Helper()
	number := int(namespaces.Add(1))
	n := &namespace{t: t, device: fmt.Sprint("mt", os.Getpid(), "x", number), number: os.Getpid()*64 + number}
	n.process = start(n.address(1), &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET})
	pid := strconv.Itoa(n.process.command.Process.Pid)
	n.must("ip", "link", "add", n.device, "type", "veth", "peer", "name", "eth0", "netns", pid)
	n.must("ip", "address", "add", n.address(1)+"/30", "dev", n.device)
	n.must("ip", "link", "set", n.device, "up")
	n.inside("ip", "address", "add", n.address(2)+"/30", "dev", "eth0")
	n.inside("ip", "link", "set", "eth0", "up")
	return n
}

// address returns one of the addresses of a namespace, in the range that is meant for tests of networks.
func (n *namespace) address(i int) string {
	at := n.number%(1<<15)*4 + i
	return net.IPv4(198, byte(18+at>>16), byte(at>>8), byte(at)).String()
}

// set cuts the process off, or connects it again. Connections stay open meanwhile, and packets are lost.
func (n *namespace) set(cut bool) {
	state := "up"
	if cut {
		state = "down"
	}
	n.inside("ip", "link", "set", "eth0", state)
}

func (n *namespace) inside(args ...string) {
	n.must("nsenter", append([]string{"--target", strconv.Itoa(n.process.command.Process.Pid), "--net"}, args...)...)
}

func (n *namespace) must(name string, args ...string) {
	n.t.Helper()
	if err := command(name, args...); err != nil {
		n.t.Fatal(err)
	}
}
