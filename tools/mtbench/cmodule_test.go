package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// standIn is a module with the functions of the C module that the script uses, in plain Lua.
const standIn = `
local M = {}
function M.newstate(setup)
	local callback = (loadstring or load)(setup)()
	return { call = function(self, ...) return callback(...) end }
end
return M
`

// TestCScript runs the script for the C module in each installed Lua, against the stand-in, and reads its figures.
func TestCScript(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "mtstates.lua"), []byte(standIn), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, lua := range interpreters {
		path, err := exec.LookPath(lua)
		if err != nil {
			t.Logf("%s is not installed", lua)
			continue
		}
		cmd := exec.Command(path, "-", "1000")
		cmd.Env = append(os.Environ(), "LUA_PATH="+folder+"/?.lua")
		cmd.Stdin = strings.NewReader(cScript)
		output, err := cmd.Output()
		if err != nil {
			t.Errorf("%s: %v", lua, err)
			continue
		}
		figures, err := parseCFigures(output)
		if err != nil || len(figures) != 6 || figures["Call/number"] <= 0 {
			t.Errorf("%s: %v %v", lua, figures, err)
		}
	}
}

func TestBadCFigures(t *testing.T) {
	for _, output := range []string{"Call/number\n", "Call/number x\n", "Call/number 0\n", "Call/number -1\n"} {
		if figures, err := parseCFigures([]byte(output)); err == nil {
			t.Errorf("%q gave %v", output, figures)
		}
	}
}
