package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/pprof/profile"
)

// TestCPUProfile looks for the functions of a script and of its state in the profile, however the script ends.
func TestCPUProfile(t *testing.T) {
	for _, end := range []string{"", "os.exit(0)", "error('failed')"} {
		t.Run(end, func(t *testing.T) {
			dir := t.TempDir()
			script, file := filepath.Join(dir, "main.lua"), filepath.Join(dir, "lua.pprof")
			source := `local function work() local x = 0 for i = 1, 5e6 do x = x + i end end
				local st = require "mtstates".newstate("worker", "return function() for i = 1, 5e6 do end end")
				work()
				st:call() ` + end
			if err := os.WriteFile(script, []byte(source), 0o666); err != nil {
				t.Fatal(err)
			}
			_ = exec.Command("mtlua", "--cpuprofile", file, script).Run() // the status is that of the script
			written, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer written.Close()
			p, err := profile.Parse(written)
			if err != nil {
				t.Fatal(err)
			}
			var work, state bool
			for _, s := range p.Sample {
				work = work || s.Location[0].Line[0].Function.Name == "work" && s.Location[0].Line[0].Function.Filename == script
				state = state || s.HasLabel("state", "worker")
			}
			if !work || !state {
				t.Errorf("the profile has the script: %v, the state: %v", work, state)
			}
		})
	}
}
