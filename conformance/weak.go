package conformance

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// weakCase lets goroutines call states that have weak tables, while others collect. What is alive is always there, what is
// dead is gone after a collection, and states that nothing refers to go with their tables.
var weakCase = capableCase{goCase{"go/weak_tables", []string{"state.collect", "lua.weak.keys", "lua.weak.values", "lua.weak.running"},
	func(t *recorder, target Target) {
		states := hosttest.New(t, target.Callee).States
		var made []*mtstates.State
		for range 3 {
			st, _, err := states.NewState(context.Background(), weakSetup)
			if err != nil {
				t.Fatal(err)
			}
			made = append(made, st)
		}
		var group sync.WaitGroup
		for worker := range 6 {
			group.Go(func() {
				for i := range 40 {
					if i%10 == worker {
						states.Collect()
						continue
					}
					_, err := made[(worker+i)%len(made)].TryCall(context.Background(), "fill")
					if err != nil && !errors.Is(err, mtstates.ErrConcurrentAccess) {
						t.Error(err)
					}
					dropped, _, err := states.NewState(context.Background(), weakSetup)
					if err == nil {
						_, err = dropped.TryCall(context.Background(), "fill")
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		states.Collect()
		for _, st := range made {
			results, err := st.TryCall(context.Background(), "count")
			if err != nil {
				t.Fatal(err)
			}
			equal(t, results[0], any(3.0))
			equal(t, results[1], any(2.0))
		}
		equal(t, states.Len(), len(made))
		runtime.KeepAlive(made)
	}}, []backend.Capability{backend.CapWeaktables}}

const weakSetup = `
	local keys, values = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "v"})
	local kept = {{}, {}, {}}
	for i, key in ipairs(kept) do keys[key] = {key} end
	values.first, values.second = kept[1], keys[kept[2]]
	local function fill()
		for i = 1, 200 do
			local key = {}
			keys[key] = {key}
			values[i], values["n" .. i] = {i}, function() return key end
		end
		for _, key in ipairs(kept) do assert(keys[key][1] == key) end
		assert(values.first == kept[1] and values.second[1] == kept[2])
	end
	local function count(t)
		local n = 0
		for _ in pairs(t) do n = n + 1 end
		return n
	end
	return function(what)
		if what == "fill" then return fill() end
		return count(keys), count(values)
	end`
