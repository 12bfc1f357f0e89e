package loop

import (
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

func TestProbe(t *testing.T) {
	if err := probe(); err != nil {
		t.Error(err)
	}
}

func newState(watch *Watch) *lua.LState {
	l := lua.NewState(lua.Options{RegistrySize: 128, RegistryMaxSize: 1 << 18, RegistryGrowStep: 256, CallStackSize: 4096, MinimizeStackMemory: true})
	if watch != nil {
		watch.Install(l)
	}
	return l
}

// TestSpeed compares this package's loop with the VM's. It fails only when there is a lot between them, because other
// processes run, too.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	if !Repair.On() {
		t.Fatal("the repair is off")
	}
	for name, source := range map[string]string{
		"calls":  `local function fib(n) if n < 2 then return n end return fib(n-1) + fib(n-2) end return function() return fib(18) end`,
		"loop":   `return function() local x = 0 for i = 1, 20000 do x = x + i * 2 end return x end`,
		"while":  `return function() local x = 0 while x < 20000 do x = x + 1 end return x end`,
		"fill":   `return function() local t = {} for i = 1, 5000 do t[i] = i end return #t end`,
		"sieve":  `return function() local t = {} for i = 1, 2000 do t[i] = true end for i = 2, 2000 do if t[i] then for j = i*i, 2000, i do t[j] = false end end end end`,
		"fields": `return function() local t = {x=1,y=2} for i = 1, 5000 do t.x = t.x + t.y end return t.x end`,
	} {
		watches := []*Watch{nil, {}, {interrupt: &backend.Interrupt{}}}
		best := make([]time.Duration, len(watches))
		var states []*lua.LState
		for _, w := range watches {
			l := newState(w)
			if err := l.DoString(source); err != nil {
				t.Fatal(err)
			}
			states = append(states, l)
		}
		for range 100 {
			for i, l := range states {
				start := time.Now()
				l.Push(l.Get(1))
				l.Call(0, 0)
				if d := time.Since(start); best[i] == 0 || d < best[i] {
					best[i] = d
				}
			}
		}
		ratio := func(i int) float64 { return float64(best[i]) / float64(best[0]) }
		t.Logf("%s: %v, here %.2f, interruptible %.2f", name, best[0], ratio(1), ratio(2))
		if ratio(1) > 1.5 {
			t.Errorf("%s: %.2f times the VM's time", name, ratio(1))
		}
	}
}
