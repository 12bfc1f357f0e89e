package stdlib

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// collector is what a state has set with collectgarbage. All states share the Go heap and its collector, which goes on
// also for a state that has stopped it: so the settings are only kept, and steps count towards a collection.
type collector struct {
	stopped  bool
	settings map[string]float64 // that were set, by option
	left     float64            // KiB of steps until a collection; 0 before the first step
}

// settings are the options that set a number, and what it is at first.
var settings = map[string]float64{"setpause": 200, "setstepmul": 200, "setmajorinc": 200}

// smallestStep is how many KiB a step of size 0 counts, and each unit of a larger one beside: small sizes differ as well.
const smallestStep = 16

// baseCollectgarbage is collectgarbage([option [, arg]]).
func baseCollectgarbage(s backend.VM) int {
	option := optText(s, 1, "collectgarbage", "collect")
	number, _ := arg.OptNumber(s, 2, "collectgarbage")
	c := &of(s).collector
	_, isSetting := settings[option]
	switch {
	case option == "collect":
		s.SetTop(0)
		c.left = 0
		collect(s)
		s.PushNumber(0)
	case option == "step":
		s.PushBoolean(c.step(s, number))
	case option == "count":
		size := heapSize()
		s.PushNumber(float64(size) / 1024)
		if of(s).set.dialect.Lua >= 502 {
			s.PushNumber(float64(size % 1024))
			return 2
		}
	case option == "isrunning":
		s.PushBoolean(!c.stopped)
	case option == "stop" || option == "restart":
		c.stopped = option == "stop"
		s.PushNumber(0)
	case option == "generational" || option == "incremental":
		s.PushNumber(0)
	case isSetting:
		s.PushNumber(c.set(option, number))
	default:
		return arg.Bad(s, 1, "collectgarbage", "invalid option '"+backend.Quote(option)+"'")
	}
	return 1
}

// step counts a step of a size, and reports whether it has ended a collection. A collection takes steps as large as the
// heap was when it began, so that a script which makes small steps all the time pays for a collection now and then.
func (c *collector) step(s backend.VM, size float64) bool {
	if !(c.left > 0) {
		c.left = float64(heapSize()) / 1024
	}
	if c.left -= smallestStep * (1 + max(size, 0)); c.left > 0 {
		return false
	}
	c.left = 0
	collect(s)
	return true
}

// set sets a number and returns the one before.
func (c *collector) set(option string, number float64) (before float64) {
	before, ok := c.settings[option]
	if !ok {
		before = settings[option]
	}
	if c.settings == nil {
		c.settings = map[string]float64{}
	}
	c.settings[option] = number
	return before
}
