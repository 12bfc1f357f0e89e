package golua

import (
	"runtime"
	"runtime/metrics"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// scrubStack clears the slots above the top. The VM does not say how many there are; but SetTop fills with nils up to the
// end of its slice and then dies of the index, which is stopped here. It also makes the VM forget dead upvalues.
func scrubStack(l *lua.State) {
	forgetClosures(l)
	top := l.Top()
	defer func() {
		_ = recover()
		l.SetTop(top)
	}()
	l.SetTop(1 << 30)
}

// collectGarbage is collectgarbage([option [, arg]]). There is one Go heap for all states, so options that tune a
// collector of its own answer and do nothing.
func collectGarbage(l *lua.State) int {
	switch option := lua.OptString(l, 1, "collect"); option {
	case "collect":
		l.SetTop(0)
		collect(l)
		l.PushNumber(0)
	case "step":
		l.SetTop(0)
		collect(l)
		l.PushBoolean(true)
	case "count":
		size := heapSize()
		l.PushNumber(float64(size) / 1024)
		l.PushNumber(float64(size % 1024))
		return 2
	case "isrunning":
		l.PushBoolean(true)
	case "stop", "restart", "setpause", "setstepmul", "setmajorinc", "generational", "incremental":
		l.PushNumber(0)
	default:
		return argumentError(l, 1, "collectgarbage", "invalid option '"+backend.Quote(option)+"'")
	}
	return 1
}

func collect(l *lua.State) {
	scrubStack(l)
	dataOf(l).forget()
	if f := envOf(l).Collect; f != nil {
		f()
	} else {
		runtime.GC()
	}
}

// heapSize reads the one figure that is wanted; runtime.ReadMemStats would stop all goroutines.
func heapSize() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
