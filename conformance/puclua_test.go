package conformance

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// pucLua are the commands of PUC Lua, by the names that the header "like" uses.
var pucLua = map[string]string{"Lua 5.1": "lua5.1", "Lua 5.2": "lua5.2"}

// TestExpectedOutputIsThatOfLua runs the cases of the profile with each installed version of PUC Lua; all others need
// modules that it does not have. A case with the header "like" is compared with that Lua alone.
func TestExpectedOutputIsThatOfLua(t *testing.T) {
	cases, err := luaCases(files)
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range pucLua {
		lua, err := exec.LookPath(command)
		if err != nil {
			t.Logf("not compared with %s: %v", name, err)
			continue
		}
		for _, c := range cases {
			_, varies := c.variants[name]
			if !strings.HasPrefix(c.path, "profile/") || !varies && c.like != "" && c.like != name || !pucHas(name, c) {
				continue
			}
			var out, complaints bytes.Buffer
			run := exec.Command(lua, "cases/"+c.path)
			run.Stdout, run.Stderr = &out, &complaints
			if err := run.Run(); err != nil {
				t.Errorf("%s: %s: %v\n%s", name, c.path, err, &complaints)
			}
			if err := c.compare(name, out.String()); err != nil {
				t.Errorf("%s: %s: %v", name, c.path, err)
			}
		}
	}
}

// pucHas reports whether a version of PUC Lua has the capabilities that a case needs.
func pucHas(version string, c *luaCase) bool {
	lacks := map[string][]string{
		"Lua 5.1": {"env", "bit32", "continuations", "integers", "utf8", "bit"},
		"Lua 5.2": {"fenv", "integers", "utf8", "bit"},
	}[version]
	for _, capability := range c.needs {
		if slices.Contains(lacks, capability.String()) {
			return false
		}
	}
	return true
}
