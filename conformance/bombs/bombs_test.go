//go:build linux

package bombs

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

const (
	vmVariable  = "MTSTATES_BOMBS_VM"  // in the process that runs the bombs
	allVariable = "MTSTATES_BOMBS_ALL" // there, with the flag
	maxData     = 1 << 30              // bytes that this process may have
	maxMemory   = 8 << 20              // bytes of a state
	maxRun      = 60 * time.Second     // for one bomb, under the race detector on a busy machine
	timeLimit   = 100 * time.Millisecond
	leastBombs  = 120
)

func TestMain(m *testing.M) {
	if name := os.Getenv(vmVariable); name != "" {
		os.Exit(runAll(name))
	}
	os.Exit(m.Run())
}

// bomb is a line of bombs.txt.
type bomb struct {
	name, body string
	quick      bool
}

var all = flag.Bool("all", false, "run all bombs, not only some of each kind")

//go:embed bombs.txt
var text string

func bombs() (list []bomb) {
	for line := range strings.Lines(text) {
		name, body, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if ok && !strings.HasPrefix(line, "#") {
			name, quick := strings.CutPrefix(name, "quick ")
			list = append(list, bomb{name, body, quick})
		}
	}
	return list
}

// chosen returns the bombs that run: without the flag only some.
func chosen() []bomb {
	if *all || os.Getenv(allVariable) != "" {
		return bombs()
	}
	return slices.DeleteFunc(bombs(), func(b bomb) bool { return !b.quick })
}

// TestBombs expects a line "name: error" from the process for each bomb.
func TestBombs(t *testing.T) {
	if n := len(bombs()); n < leastBombs {
		t.Fatalf("there are only %d bombs", n)
	}
	for _, b := range backends.All() {
		if !b.Capabilities().Has(backend.CapLimits) {
			t.Logf("%s lacks limits", b.Name())
			continue
		}
		t.Run(b.Name(), func(t *testing.T) {
			lines, trouble, err := run(t, b.Name())
			for i, bomb := range chosen() {
				switch {
				case i >= len(lines) || !strings.HasPrefix(lines[i], bomb.name+": "):
					t.Fatalf("%s ended the process: %v\n%.2000s", bomb.name, err, trouble)
				case strings.HasPrefix(lines[i], bomb.name+": wrong: "):
					t.Error(lines[i])
				default:
					t.Log(lines[i])
				}
			}
			if err != nil {
				t.Errorf("the process failed afterwards: %v\n%.2000s", err, trouble)
			}
		})
	}
}

// run runs the bombs in a process of their own, and returns the lines that it prints, and its standard error. These go to
// files: the commands that bombs start may outlive the process, and would keep a pipe open.
func run(t *testing.T, vm string) (lines []string, trouble string, failed error) {
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), vmVariable+"="+vm)
	if *all {
		process.Env = append(process.Env, allVariable+"=1")
	}
	read := func(f *os.File) string {
		defer f.Close()
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	create := func(name string) *os.File {
		f, err := os.Create(filepath.Join(t.TempDir(), name))
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	report, complaints := create("report"), create("errors")
	process.Stdout, process.Stderr = report, complaints
	failed = process.Run()
	return strings.Split(strings.TrimSpace(read(report)), "\n"), read(complaints), failed
}

// runAll runs the bombs on a backend and prints how each one ended.
func runAll(name string) (status int) {
	limit := syscall.Rlimit{Cur: maxData, Max: maxData}
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &limit); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for _, b := range backends.All() {
		if b.Name() != name {
			continue
		}
		out := bufio.NewWriter(os.Stdout)
		for _, bomb := range chosen() {
			ended := strings.ReplaceAll(explode(b, bomb), "\n", " ")
			fmt.Fprintf(out, "%s: %s, at most %s\n", bomb.name, ended, peak())
			out.Flush()
		}
	}
	return 0
}

// peak returns the most memory that the process has had since the last time.
func peak() (size string) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err.Error()
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			size = strings.TrimSpace(value)
		}
	}
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // where that is not allowed, it is the most since the beginning
	return size
}

// explode runs a bomb in a host of its own and says how it ended: with "wrong: " if that is not an error of the script.
func explode(b backend.Backend, bomb bomb) string {
	h, err := host.New(b, mtstates.WithMaxMemory(maxMemory), mtstates.WithMaxInstructions(3_000_000), mtstates.WithMaxStates(20),
		mtstates.WithMaxThreads(10), mtstates.WithMaxMessageBytes(maxMemory), mtstates.WithInterrupt(),
		mtstates.WithStdout(io.Discard), mtstates.WithStderr(io.Discard))
	if err != nil {
		return "wrong: " + err.Error()
	}
	h.Threads.Stderr = io.Discard
	defer h.Close()
	allowed, timed := maxRun, strings.HasPrefix(bomb.name, "time ")
	if timed {
		allowed = timeLimit
	}
	setup := "local unpack = unpack or table.unpack " +
		"local function keep(f) local t = {} while true do t[#t + 1] = f() end end " +
		"local kept = {} local function keep1(v) kept[#kept + 1] = v end " +
		"return function() " + bomb.body + "\nend"
	st, _, err := h.States.NewState(context.Background(), setup)
	if err != nil {
		return "wrong: setup: " + err.Error()
	}
	ctx, cancel := context.WithTimeout(context.Background(), allowed)
	defer cancel()
	begun := time.Now()
	_, err = st.Call(ctx)
	took := time.Since(begun)
	late := ctx.Err() != nil
	switch {
	case err == nil:
		return "wrong: no error"
	case timed && !errors.Is(err, mtstates.ErrInterrupted):
		return fmt.Sprintf("wrong: ended before its time: %.200v", err)
	case timed && took > 20*timeLimit:
		return fmt.Sprintf("wrong: ended after %v", took)
	case !timed && late:
		return fmt.Sprintf("wrong: runs for %v", took)
	}
	if err := usable(h, st); err != nil {
		return fmt.Sprintf("wrong: afterwards: %v", err)
	}
	return fmt.Sprintf("%.200v (%v)", err, took.Round(time.Millisecond))
}

// usable reports whether the state works, or is closed, and another one works.
func usable(h *host.Host, st *mtstates.State) error {
	if err := st.Close(); err != nil {
		return err
	}
	h.States.Collect()
	another, _, err := h.States.NewState(context.Background(), "return function(x) return x + 1 end")
	if err != nil {
		return err
	}
	out, err := another.Call(context.Background(), 1)
	if err == nil && out[0] != 2.0 {
		err = fmt.Errorf("1 + 1 is %v", out)
	}
	return err
}
