package main

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/mtstates/go-mtstates/backend/selected"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mtlua": main})
}

// TestScripts runs the command as users do; each file below testdata is a session.
func TestScripts(t *testing.T) {
	examples, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Condition: func(name string) (bool, error) { // such as lua5.2
			return name == strings.ReplaceAll(strings.ToLower(selected.Default().LuaVersion()), " ", ""), nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", examples+"/../../mtstates/examples")
			return nil
		},
	})
}
