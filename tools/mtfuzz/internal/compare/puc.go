package compare

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/program"
)

//go:embed driver.lua
var driver string

// PUC is a Lua that is installed.
type PUC struct {
	// Version is the version of the language, such as "Lua 5.1".
	Version string
	path    string
}

// commands are the commands of the Lua versions that the profile follows.
var commands = []PUC{{"Lua 5.1", "lua5.1"}, {"Lua 5.2", "lua5.2"}}

// InstalledPUC returns the versions that are installed, and the commands that are not.
func InstalledPUC() (installed []PUC, missing []string) {
	for _, c := range commands {
		path, err := exec.LookPath(c.path)
		if err != nil {
			missing = append(missing, c.path)
			continue
		}
		installed = append(installed, PUC{c.Version, path})
	}
	return installed, missing
}

// batchLimit is how long a process with many programs may run.
const batchLimit = 2 * time.Minute

// Run runs programs, all in one process unless one of them ends it.
func (l PUC) Run(sources []string) ([]Output, error) {
	var outputs []Output
	for len(outputs) < len(sources) {
		more, err := l.runBatch(sources[len(outputs):])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.path, err)
		}
		outputs = append(outputs, more...)
	}
	return outputs, nil
}

// runBatch runs programs until one of them ends the process, which gets the fault Crash.
func (l PUC) runBatch(sources []string) (outputs []Output, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), batchLimit)
	defer cancel()
	var input strings.Builder
	for _, text := range append([]string{program.Prelude}, sources...) {
		writeText(&input, text)
	}
	var printed, complaints bytes.Buffer
	cmd := exec.CommandContext(ctx, l.path, "-e", "\n"+driver) // Lua 5.2 takes a first "-" for an option
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input.String()), &printed, &complaints
	failed := cmd.Run()
	reader := bufio.NewReader(&printed)
	for range sources {
		text, err := readText(reader)
		if err != nil {
			break
		}
		outputs = append(outputs, newOutput(text))
	}
	if len(outputs) == len(sources) {
		return outputs, nil
	}
	if complaints.Len() > 0 {
		return nil, fmt.Errorf("%v: %s", failed, &complaints) // of the driver: programs do not write there
	}
	return append(outputs, Output{Fault: Crash}), nil
}
