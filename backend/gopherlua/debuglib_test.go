package gopherlua

import "testing"

func TestLocals(t *testing.T) {
	for source, want := range map[string]string{
		`local a = 5 return debug.getlocal(1, 1)`:                                                     "a 5",
		`local a = 5 debug.setlocal(1, 1, 6) return a`:                                                "6",
		`local a = 5 return debug.getlocal(1, 1e300)`:                                                 "nil",
		`local a = 5 return debug.getlocal(1, -1e300)`:                                                "nil",
		`local a = 5 return debug.getlocal(1, 0/0)`:                                                   "nil",
		`local a = 5 return debug.getlocal(1, 0)`:                                                     "nil",
		`local a = 5 return debug.getlocal(1, 1e9)`:                                                   "nil",
		`local a = 5 return debug.setlocal(1, 1e300, 1)`:                                              "nil",
		`return debug.getupvalue(function() end, 1e300)`:                                              "",
		`return debug.setupvalue(function() end, 1e300, 1)`:                                           "",
		`return pcall(debug.getlocal, 1e300, 1)`:                                                      "false bad argument #1 to 'getlocal' (level out of range)",
		`return pcall(debug.getlocal, -1, 1)`:                                                         "false bad argument #1 to 'getlocal' (level out of range)",
		`return pcall(debug.setlocal, 99, 1, 1)`:                                                      "false bad argument #1 to 'setlocal' (level out of range)",
		`return coroutine.wrap(function(x) return debug.getlocal(1, 1) end)(1)`:                       "x 1",
		`return coroutine.wrap(function(x) local _, e = pcall(debug.getlocal, 3, 1) return e end)(1)`: "bad argument #1 to 'getlocal' (level out of range)",
	} {
		if got := evaluate(t, source); got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}
