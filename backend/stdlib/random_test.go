package stdlib_test

import (
	"strings"
	"testing"
)

func TestRandom(t *testing.T) {
	const sequence = `
		local function take() local t = {} for i = 1, 20 do t[i] = math.random(1000) end return table.concat(t, " ") end
		math.randomseed(42) local first = take()
		math.randomseed(43) local other = take()
		math.randomseed(42)
		print(first == take(), first == other, first)`
	want := ""
	for _, b := range backends {
		got := printed(t, b, sequence)
		if !strings.HasPrefix(got, "true\tfalse\t") {
			t.Errorf("%s: %s", b.Name(), got)
		}
		if want == "" {
			want = got
		}
		if got != want || got != printed(t, b, sequence) {
			t.Errorf("%s: %s, elsewhere %s", b.Name(), got, want)
		}
		if one, two := printed(t, b, "print(math.random(2^50))"), printed(t, b, "print(math.random(2^50))"); one == two {
			t.Errorf("%s: two states begin with the same number", b.Name())
		}
	}
	runPrintCases(t, []printCase{
		{"bounds", `local seen = {} for i = 1, 2000 do local n = math.random(3, 5) seen[n] = true assert(n == math.floor(n)) end
			local n = 0 for k in pairs(seen) do n = n + k end
			for i = 1, 1000 do local r = math.random() assert(r >= 0 and r < 1) assert(math.random(1) == 1) end
			print(n, math.random(7, 7), math.random(-3, -3))`, "12\t7\t-3\n"},
		{"huge", `for i = 1, 100 do local r = math.random(-2^53, 2^53) assert(r >= -2^53 and r <= 2^53) end print(pcall(math.random, 0/0))`, "false\tbad argument #1 to 'random' (interval is empty)\n"},
	})
}
