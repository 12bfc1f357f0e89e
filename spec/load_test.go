package spec

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFilesHaveNoProblems(t *testing.T) {
	s, err := Load(Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Operations) == 0 || len(s.Modules) == 0 || len(s.VMs) == 0 {
		t.Error("the model is empty")
	}
}

// otherVM is a backend of another program, which no build tag chooses.
const otherVM = `
vm: tinyvm
package: tinyvm
title: tiny VM
import: example.com/tiny
state: "*lua.State"
lua: Lua 5.1
tag: tinyvm
default: true
doc: A VM.
lacks: {speed: it is tiny, coroutines: it is tiny}
operations:
  CreateTable: l.NewTable()
  Fly: l.Fly()
`

func TestBackendOfAnotherProgram(t *testing.T) {
	_, err := Load(fstest.MapFS{"vms/tinyvm.yaml": {Data: []byte(otherVM)}}, "lua")
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("want problems, got %v", err)
	}
	want := []string{
		"lua/vms/tinyvm.yaml:2:5: vm tinyvm: operations without a mapping: GetTop, ",
		"lua/vms/tinyvm.yaml:8:1: vm tinyvm: unknown key tag",
		"lua/vms/tinyvm.yaml:9:1: vm tinyvm: unknown key default",
		"lua/vms/tinyvm.yaml:11:9: vm tinyvm: lacks: unknown capability speed",
		"lua/vms/tinyvm.yaml:14:3: vm tinyvm: there is no operation Fly",
	}
	for i, p := range problems {
		if i >= len(want) || !strings.HasPrefix(p.String(), want[i]) {
			t.Errorf("got %s", p)
		}
	}
	if len(problems) < len(want) {
		t.Errorf("got %d problems, want %d", len(problems), len(want))
	}
}

func TestModuleOfAnotherProgram(t *testing.T) {
	s, err := Load(fstest.MapFS{"modules/clock.yaml": {Data: []byte("module: clock\npackage: clock\ndoc: Tells the time.\n")}}, "lua")
	if err != nil {
		t.Fatal(err)
	}
	contract, err := Load(Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	if s.Own || len(s.Modules) != 1 || len(s.VMs) != 0 || len(s.Errors) != 0 || len(s.Profile) != 0 {
		t.Errorf("the model has what is not of the program: %+v", s)
	}
	if len(s.Operations) != len(contract.Operations) || len(s.Capabilities) != len(contract.Capabilities) {
		t.Error("the model has not the operations and capabilities of the contract")
	}
}
