package host_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/pprof/profile"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// cell is the text of a column in the row of a table that has a text, as JavaScript: "undefined" while there is none.
func cell(table, row, column string) string {
	return fmt.Sprintf(`(() => {
		const t = document.getElementById(%q), c = t && [...t.querySelectorAll("th")].findIndex((h) => h.dataset.column === %q);
		const r = t && [...t.querySelectorAll("tr")].find((r) => [...r.cells].some((c) => c.textContent === %q));
		return r && c >= 0 ? r.cells[c].textContent : "undefined";
	})()`, table, column, row)
}

// TestViewInBrowser lets a browser show the page, and looks at what it shows, changes and does. With the environment variable
// SCREENSHOT, the name of a file, it takes the picture for the guide.
func TestViewInBrowser(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		downloads := t.TempDir()
		page := openBrowser(t, downloads)
		v := newBusy(t, b, host.AllowInterrupts())
		v.traffic(t)
		page.open(v.url)

		inner := "<b>inner</b>" // shown as it is
		for _, c := range []struct{ table, row, column, condition string }{
			{"states", inner, "backend", `=== "` + b.Name() + `"`},
			{"states", inner, "calls", `=== "1"`},
			{"states", inner, "busy", `.match(/^[\d.]+ s$/)`},
			{"states", inner, "waiting", `=== "1"`},
			{"states", "waiter", "waitsFor", fmt.Sprintf(`=== "%s (%d)"`, inner, v.inner.ID())},
			{"states", "outer", "errors", `=== "1"`},
			{"states", "outer", "memory", `.match(/^[\d.]+ [KM]?B$/)`},
			{"states", "outer", "rate", `.match(/^[1-9][\d,.]*\/s/)`},
			{"pools", "answers", "max", `=== "7"`},
			{"threads", "true", "seconds", `.match(/^[\d.]+ s$/)`},
			{"buffers", "orders", "messages", `=== "2"`},
			{"buffers", "traffic", "rate", `.match(/^[1-9][\d,.]*\/s/)`},
			{"listeners", "ears", "waiting", `=== "0"`},
		} {
			page.await(cell(c.table, c.row, c.column) + c.condition)
		}
		for _, chart := range []string{"calls", "messages", "memory"} {
			page.await(fmt.Sprintf(`parseFloat(document.getElementById("%s-now").textContent) > 0 &&
				document.querySelector("#%s-chart polyline").points.length > 2`, chart, chart))
		}
		page.await(`document.querySelector("#states tr svg.spark polyline").points.length > 2`)
		page.await(`document.querySelector("#errors-chart polyline")`)
		if file := os.Getenv("SCREENSHOT"); file != "" {
			page.await(`document.querySelector("#calls-chart polyline").points.length > 20`)
			if err := os.WriteFile(file, page.screenshot(), 0o644); err != nil {
				t.Fatal(err)
			}
		}

		page.click(`#states th[data-column="calls"]`)
		page.await(`document.querySelector('#states th[aria-sort="descending"]') && (() => {
			const calls = [...document.querySelectorAll("#states tr td:nth-child(4)")].map((c) => Number(c.textContent));
			return calls.length > 2 && calls[0] > 1 && calls.every((n, i) => i === 0 || calls[i - 1] >= n);
		})()`)
		page.run(`const f = document.getElementById("find"); f.value = "inn"; f.dispatchEvent(new Event("input"))`)
		page.await(`document.querySelectorAll("#states tr").length === 2`)

		page.run(`document.getElementById("profile").href = "profile?seconds=1"`) // instead of 10
		page.click("#profile")
		if p := downloaded(t, filepath.Join(downloads, "lua.pprof")); !shows(p, inner) {
			t.Errorf("the profile does not show what runs: %v", p)
		}

		page.click("#states button")
		if err := <-v.ended; err == nil || !strings.Contains(err.Error(), "interrupted") {
			t.Errorf("the call: %v", err)
		}
		page.await(`document.getElementById("message").textContent.startsWith("interrupted")`)
	})
}

// traffic lets much go on until the test ends: calls of "outer" and of a pool, messages, and a call that waits for the endless one.
func (v *busy) traffic(t *testing.T) {
	t.Helper()
	outer, err := v.States.StateByName("outer")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := mtstates.NewPool(v.States, `return function() end`, mtstates.PoolSize(1, 7), mtstates.Named("answers"))
	if err != nil {
		t.Fatal(err)
	}
	waiter := v.newState(t, `local other = require "mtstates".state("<b>inner</b>")
		return function() other:tcall(math.huge) end`, "waiter")
	buffer := v.newState(t, `local mtmsg = require "mtmsg"
		local buffer, ears = mtmsg.newbuffer("traffic"), mtmsg.newlistener("ears")
		return function() return ears, buffer:addmsg(1), buffer:nextmsg() end`, "sender")
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, call := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := outer.Call(ctx, false); return err },
		func(ctx context.Context) error { _, err := pool.Call(ctx); return err },
		func(ctx context.Context) error { _, err := buffer.Call(ctx); return err },
		func(ctx context.Context) error { _, err := waiter.Call(ctx); return err },
	} {
		running.Go(func() {
			for pause := time.NewTicker(5 * time.Millisecond); ctx.Err() == nil; <-pause.C {
				_ = call(ctx)
			}
		})
	}
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
}

// downloaded returns the profile in a file when the browser has written it whole.
func downloaded(t *testing.T, file string) *profile.Profile {
	t.Helper()
	for look := time.NewTicker(20 * time.Millisecond); t.Context().Err() == nil; <-look.C {
		if data, err := os.ReadFile(file); err == nil && len(data) > 0 {
			p, err := profile.ParseData(data)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	return nil
}

// shows reports whether a profile has samples of a state.
func shows(p *profile.Profile, state string) bool {
	for _, s := range p.Sample {
		if s.HasLabel("state", state) {
			return true
		}
	}
	return false
}
