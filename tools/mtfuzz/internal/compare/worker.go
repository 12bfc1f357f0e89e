package compare

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/metrics"
	"slices"
	"strings"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
)

// Worker is a process that runs programs on a backend, so that one which ends the process, eats its memory or cannot be
// interrupted ends nothing else. The process is started for the first program and again when it is gone.
type Worker struct {
	Backend backend.Backend
	// Command is the program, with its arguments, that calls Serve with the name of the backend.
	Command []string

	process    *exec.Cmd
	programs   io.WriteCloser
	outputs    *bufio.Reader
	complaints bytes.Buffer
}

// Run runs a program.
func (w *Worker) Run(source string) (Output, error) {
	if w.process == nil {
		if err := w.start(); err != nil {
			return Output{}, err
		}
	}
	kill := time.AfterFunc(3*timeLimit, func() { w.process.Process.Kill() })
	defer kill.Stop()
	writeText(w.programs, source)
	var fault Fault
	_, err := fmt.Fscanf(w.outputs, "%d\n", &fault)
	text := ""
	if err == nil {
		text, err = readText(w.outputs)
	}
	if err != nil {
		return w.died(kill.Stop()), nil
	}
	o := newOutput(text)
	o.Fault = fault
	return o, nil
}

func (w *Worker) start() (err error) {
	w.process = exec.Command(w.Command[0], append(slices.Clone(w.Command[1:]), w.Backend.Name())...)
	w.complaints.Reset()
	w.process.Stderr = &w.complaints
	if w.programs, err = w.process.StdinPipe(); err != nil {
		return err
	}
	outputs, err := w.process.StdoutPipe()
	if err != nil {
		return err
	}
	w.outputs = bufio.NewReader(outputs)
	return w.process.Start()
}

// died returns the output for a program that ended the process.
func (w *Worker) died(byItself bool) Output {
	w.process.Wait()
	w.process = nil
	if !byItself {
		return Output{Fault: Hang}
	}
	reason, _, _ := strings.Cut(w.complaints.String(), "\n")
	o := newOutput(errorPrefix + reason)
	o.Fault = Crash
	return o
}

// Close ends the process.
func (w *Worker) Close() {
	if w.process != nil {
		w.programs.Close()
		w.process.Wait()
		w.process = nil
	}
}

// maxMemory is how much memory a process of a worker may have. No program needs a hundredth of it.
const maxMemory = 256 << 20

// Serve runs the programs that a Worker sends, on the backend of the name.
func Serve(name string, programs io.Reader, outputs io.Writer) error {
	all := backends.All()
	i := slices.IndexFunc(all, func(b backend.Backend) bool { return b.Name() == name })
	if i < 0 {
		return fmt.Errorf("there is no backend %q", name)
	}
	go watchMemory()
	reader, writer := bufio.NewReader(programs), bufio.NewWriter(outputs)
	for {
		source, err := readText(reader)
		if err != nil {
			return nil // closed
		}
		o := RunVM(all[i], source)
		fmt.Fprintf(writer, "%d\n", o.Fault)
		writeText(writer, o.text())
		if err := writer.Flush(); err != nil {
			return err
		}
	}
}

// watchMemory ends the process when it has too much memory: there is no other way to end a VM that allocates and cannot be
// interrupted.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for range time.Tick(50 * time.Millisecond) {
		if metrics.Read(sample); sample[0].Value.Uint64() > maxMemory {
			fmt.Fprintln(os.Stderr, "more than 256 MiB of memory")
			os.Exit(1)
		}
	}
}
