package conformance

import (
	"errors"
	"fmt"
)

// testCase is a case of either kind.
type testCase interface {
	// name is what known_failing.txt and the page of coverage call the case.
	name() string
	// entries are the entries of the spec that the case proves.
	entries() []string
	// unfit says why a case does not concern a target, "" when it does.
	unfit(Target) string
	// perform runs the case and returns what it printed.
	perform(Target) (output string, err error)
}

// allCases returns the cases in their order: the scripts sorted by path, then the Go cases.
func allCases() ([]testCase, error) {
	scripts, err := luaCases(files)
	if err != nil {
		return nil, err
	}
	var all []testCase
	for _, c := range scripts {
		all = append(all, c)
	}
	for _, c := range goCases() {
		all = append(all, c)
	}
	return all, nil
}

// outcome is how a case ended on a target.
type outcome struct {
	// unfit is why the case was not run.
	unfit string
	// output is what the case printed, with what differs between runs made the same.
	output string
	// known is the reason why the case fails through the VM's fault.
	known string
	// err is what is wrong: the failure of the case or, when it is known to fail, that it passes.
	err error
}

// String returns how a page shows the outcome.
func (o outcome) String() string {
	switch {
	case o.unfit != "":
		return o.unfit
	case o.err != nil:
		return "fails"
	case o.known != "":
		return "known to fail: " + o.known
	}
	return "passes"
}

// try runs a case on a target. A case that is known to fail on one of two different backends may pass, because it may
// be the other one that would have to fail.
func try(target Target, c testCase, known *knownFailing) outcome {
	reason, isKnown := known.reason(c.name())
	if why := c.unfit(target); why != "" {
		return outcome{unfit: why}
	}
	output, err := c.perform(target)
	switch {
	case isKnown && err != nil:
		return outcome{known: reason}
	case isKnown && !target.mixed():
		err = fmt.Errorf("passes, but known_failing.txt says: %s", reason)
	}
	return outcome{output: normal(output), err: err}
}

var errSilent = errors.New("the case prints nothing, so there is nothing to compare between backends")
