package conformance

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// Target is what the suite runs on: scripts run in VMs of Caller and make states of Callee.
type Target struct {
	Caller, Callee backend.Backend
}

// Option changes a run of the suite.
type Option func(*Target)

// StatesOn makes the states that the cases create be of another backend than the VMs that the cases run in.
func StatesOn(callee backend.Backend) Option {
	return func(target *Target) { target.Callee = callee }
}

// Run runs the whole suite on a backend.
func Run(t *testing.T, b backend.Backend, options ...Option) {
	target := Target{b, b}
	for _, option := range options {
		option(&target)
	}
	cases, err := luaCases(files)
	if err != nil {
		t.Fatal(err)
	}
	known, err := readKnownFailing("known_failing.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.path, func(t *testing.T) { runLuaCase(t, target, c, known) })
	}
	for _, c := range goCases() {
		t.Run(c.name, func(t *testing.T) { c.run(t, target) })
	}
	for _, line := range known.unused() {
		t.Errorf("known_failing.txt: %q names no case", line)
	}
}

func runLuaCase(t *testing.T, target Target, c *luaCase, known *knownFailing) {
	reason, isKnown := known.reason(c.path)
	if why := target.lacks(c); why != "" {
		t.Log("not run: " + why) // by design, see spec/capabilities.yaml
		return
	}
	output, err := execute(target, c)
	if err == nil {
		err = c.compare(output)
	}
	switch {
	case isKnown && err == nil:
		t.Errorf("passes, but known_failing.txt says: %s", reason)
	case isKnown:
		t.Logf("known to fail: %s", reason)
	case err != nil:
		t.Error(err)
	}
}

// lacks says why a case does not concern the target, "" when it does.
func (target Target) lacks(c *luaCase) string {
	for _, capability := range c.needs {
		for _, b := range []backend.Backend{target.Caller, target.Callee} {
			if !b.Capabilities().Has(capability) {
				return fmt.Sprintf("%s lacks the capability %s", b.Name(), capability)
			}
		}
	}
	if c.sameVM && target.Caller != target.Callee {
		return "a function cannot move between VMs"
	}
	return ""
}

// execute runs a case and returns what it printed.
func execute(target Target, c *luaCase) (output string, err error) {
	var out lockedBuffer
	h := host.New(target.Callee, mtstates.WithStdout(&out), mtstates.WithModules(checkModule))
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		return "", err
	}
	defer vm.Close()
	if err := vm.Load(c.source, c.chunk()); err != nil {
		return "", err
	}
	if f := vm.ProtectedCall(0, 0); f != nil {
		err = fmt.Errorf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
	}
	if threads := h.Wait(); err == nil {
		err = threads
	}
	return out.String(), err
}

// checkModule is cases/check.lua, which all VMs of a case can require.
var checkModule = mtstates.Module{Name: "check", Open: func(_ *mtstates.Registry, s backend.State) int {
	source, err := files.ReadFile("cases/check.lua")
	if err == nil {
		err = s.Load(string(source), "@cases/check.lua")
	}
	if err != nil {
		return mtstates.Raise(s, err)
	}
	s.Call(0, 1)
	return 1
}}

func readKnownFailing(name string) (*knownFailing, error) {
	text, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return parseKnownFailing(string(bytes.TrimSpace(text)))
}
