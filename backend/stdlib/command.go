package stdlib

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"syscall"

	"github.com/mtstates/go-mtstates/backend"
)

// process is a command that runs.
type process struct {
	cmd   *exec.Cmd
	over  chan struct{} // closed when the command has ended
	error error         // the result of Wait, then
}

func startProcess(cmd *exec.Cmd) (*process, error) {
	prepareCommand(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, over: make(chan struct{})}
	go func() {
		p.error = cmd.Wait()
		close(p.over)
	}()
	return p, nil
}

// endWith kills the command when there is an interrupt, whatever the state does then: a command that nobody waits for would
// outlive the call that the interrupt ends.
func (p *process) endWith(i *backend.Interrupt) {
	if i == nil {
		return
	}
	interrupted := i.Done()
	go func() {
		select {
		case <-p.over:
		case <-interrupted:
			killCommand(p.cmd)
		}
	}()
}

// wait waits for the end of the command. An interrupt, or the end of the context, kills the command and raises an error.
func (p *process) wait(s backend.VM) error {
	i := s.Env().Interrupt
	defer i.Resume(i.Pause())
	for {
		select {
		case <-p.over:
			return p.error
		case <-backend.ContextDone(s):
		case <-i.Done():
			if !i.Take() {
				continue
			}
		}
		killCommand(p.cmd)
		<-p.over
		raiseInterrupted(s)
	}
}

func shell(command string) *exec.Cmd {
	cmd := exec.Command("/bin/sh", "-c", command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd
}

// osExecute is os.execute([command]). Without a command it returns whether there is a shell.
func osExecute(s backend.VM) int {
	if s.Type(1) <= backend.Nil {
		_, err := os.Stat("/bin/sh")
		s.PushBoolean(err == nil)
		return 1
	}
	cmd := shell(text(s, 1, "execute"))
	flushOutput(s)
	p, err := startProcess(cmd)
	if err == nil {
		err = p.wait(s)
	}
	return commandResult(s, err)
}

// commandResult pushes true or nil, how a command ended ("exit" or "signal"), and its status or the signal's number.
func commandResult(s backend.VM, err error) int {
	how, status := "exit", 0
	var ended *exec.ExitError
	switch {
	case err == nil:
	case !errors.As(err, &ended):
		return fileResult(s, err, "")
	default:
		status = ended.ExitCode()
		if wait, ok := ended.Sys().(syscall.WaitStatus); ok && wait.Signaled() {
			how, status = "signal", int(wait.Signal())
		}
	}
	if err == nil {
		s.PushBoolean(true)
	} else {
		s.PushNil()
	}
	s.PushString(how)
	s.PushNumber(float64(status))
	return 3
}

// ioPopen is io.popen(command [, mode]).
func ioPopen(s backend.VM) int {
	command, mode := text(s, 1, "popen"), optText(s, 2, "popen", "r")
	cmd := shell(command)
	if mode != "r" && mode != "w" {
		return fileResult(s, syscall.EINVAL, command)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return fileResult(s, err, command)
	}
	ours, theirs := reader, writer
	if mode == "r" {
		cmd.Stdout = writer
	} else {
		cmd.Stdin, ours, theirs = reader, writer, reader
	}
	flushOutput(s)
	p, err := startProcess(cmd)
	_ = theirs.Close() // the command has its own
	if err != nil {
		_ = ours.Close()
		return fileResult(s, err, command)
	}
	f := newFile(ours)
	f.command = p
	p.endWith(s.Env().Interrupt)
	if mode == "r" {
		f.waiting = &waitingReader{from: ours}
		f.reader = bufio.NewReader(f.waiting)
	}
	pushFile(s, f)
	return 1
}
