package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// cScript measures the module that an installed Lua finds, and prints a line "benchmark nanoseconds" for each figure.
//
//go:embed cmodule/bench.lua
var cScript string

// interpreters are the Lua programs that may have the C module; the first one that has it is used.
var interpreters = []string{"lua5.1", "lua5.3", "lua5.4"}

// measureCModule returns the figures of the C module, none if no Lua on this machine has it.
func measureCModule(quick bool) map[string]float64 {
	count := "200000"
	if quick {
		count = "20000"
	}
	for _, lua := range interpreters {
		cmd := exec.Command(lua, "-", count)
		cmd.Stdin = strings.NewReader(cScript)
		if output, err := cmd.Output(); err == nil {
			if figures, err := parseCFigures(output); err == nil {
				return figures
			}
		}
	}
	return nil
}

func parseCFigures(output []byte) (map[string]float64, error) {
	figures := map[string]float64{}
	for line := range bytes.Lines(output) {
		name, value, ok := strings.Cut(strings.TrimSpace(string(line)), " ")
		ns, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil || ns <= 0 {
			return nil, fmt.Errorf("not a figure: %q", line)
		}
		figures[name] = ns
	}
	return figures, nil
}
