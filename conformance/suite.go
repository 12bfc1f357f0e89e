package conformance

import (
	"errors"
	"fmt"
)

// testCase is a case of either kind.
type testCase interface {
	// name is the name of the case in known_failing.txt and on the page of coverage.
	name() string
	// entries are the entries of the spec that the case proves.
	entries() []string
	// unfit returns the reason why a case does not concern a target, or nothing.
	unfit(Target) string
	// perform runs the case and returns what it printed, and whether no VM of the callee took part.
	perform(Target) (output string, alone bool, err error)
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
	return append(all, goCases()...), nil
}

// outcome is how a case ended on a target.
type outcome struct {
	// unfit is the reason why the case was not run.
	unfit string
	// output is what the case printed, after normal.
	output string
	// alone means that no VM of the callee took part.
	alone bool
	// known is the reason for which the case is known to fail.
	known string
	// err is the failure of the case or, if it is known to fail, the fact that it passes.
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

// try runs a case on a target. A case that is known to fail on one of two different backends may pass, because the
// other one may be the one that would fail.
func try(target Target, c testCase, known *knownFailing) outcome {
	reason, isKnown := known.reason(c.name())
	if why := c.unfit(target); why != "" {
		return outcome{unfit: why}
	}
	output, alone, err := c.perform(target)
	switch {
	case isKnown && err != nil:
		return outcome{known: reason}
	case isKnown && !target.mixed():
		err = fmt.Errorf("passes, but known_failing.txt says: %s", reason)
	}
	return outcome{output: normal(output), alone: alone, err: err}
}

var errSilent = errors.New("the case prints nothing, so there is nothing to compare between backends")
