//go:build unix

package cluster_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
)

// process is a child process of the test.
type process struct {
	t       testing.TB
	command *exec.Cmd
	out     *bufio.Reader
}

// startProcess runs this test binary as another program, see playRole. The process ends with the test.
func startProcess(t testing.TB, role ...string) *process {
	t.Helper()
	return startProcessIn(t, nil, role...)
}

// startProcessIn is startProcess with attributes for the system.
func startProcessIn(t testing.TB, attributes *syscall.SysProcAttr, role ...string) *process {
	t.Helper()
	p := &process{t: t, command: exec.Command(os.Args[0], role...)}
	p.command.SysProcAttr = attributes
	p.command.Env = append(os.Environ(), "MTSTATES_CLUSTER_ROLE="+role[0])
	p.command.Stderr = os.Stderr
	in, err := p.command.StdinPipe() // its end tells the process to end
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = p.command.Process.Kill() // it may have ended
		_ = p.command.Wait()
	})
	return p
}

// line returns the next line that the process prints.
func (p *process) line() string {
	p.t.Helper()
	text, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimSpace(text)
}

func (p *process) signal(s syscall.Signal) {
	if err := p.command.Process.Signal(s); err != nil {
		p.t.Error(err)
	}
}

// stop stops the process, and returns when it no longer runs: until then it may answer calls.
func (p *process) stop() {
	p.signal(syscall.SIGSTOP)
	var status syscall.WaitStatus
	for !status.Stopped() {
		if _, err := syscall.Wait4(p.command.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil && err != syscall.EINTR {
			p.t.Errorf("process %d is not stopped: %v", p.command.Process.Pid, err)
			return
		}
		if status.Exited() || status.Signaled() { // before it was to stop
			return
		}
	}
}

// awaitEnd returns when the process has ended.
func (p *process) awaitEnd() {
	if _, err := io.Copy(io.Discard, p.out); err != nil {
		p.t.Error(err)
	}
}

func (p *process) kill() { p.signal(syscall.SIGKILL) }

// playRole is what a child process does.
func playRole(role string, args []string) error {
	switch role {
	case "server", "peer":
		options := []embedded.Option{embedded.Folder(args[0])}
		if role == "server" && len(args) > 1 {
			options = append(options, embedded.Listen(args[1], 0))
		}
		if role == "peer" {
			port, _ := strconv.Atoi(args[2])
			routePort, _ := strconv.Atoi(args[3])
			options = append(options, embedded.Listen("127.0.0.1", port), embedded.Peers(args[1], "127.0.0.1", routePort, args[4:]...))
		}
		s, err := embedded.Start(options...)
		if err != nil {
			return err
		}
		defer s.Close()
		fmt.Println(s.URL())
		_, err = os.Stdin.Read(make([]byte, 1))
		return err
	}
	return playNode(args[0], args[1], args[2], args[3])
}
