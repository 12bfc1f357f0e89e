package stdlib_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// TestMaxString has for each function that makes strings a call that goes up to the limit, and one beyond.
func TestMaxString(t *testing.T) {
	const limit = 1000
	for _, b := range backends {
		s := newVM(t, b, backend.Options{MaxString: limit}, nil)
		for _, c := range []struct{ fits, exceeds string }{
			{"('x'):rep(1000)", "('x'):rep(1001)"},
			{"('x'):rep(500, '')", "('xy'):rep(501)"},
			{"('x'):rep(10, ('y'):rep(110))", "('x'):rep(10, ('y'):rep(111))"},
			{"('x'):rep(1)", "('x'):rep(1e300)"},
			{"('x'):rep(1)", "('x'):rep(2^53, ('y'):rep(1000))"},
			{"table.concat({('x'):rep(500), ('x'):rep(499)}, ',')", "table.concat({('x'):rep(500), ('x'):rep(500)}, ',')"},
			{"('%s%s'):format(('x'):rep(500), ('x'):rep(500))", "('%s%s'):format(('x'):rep(500), ('x'):rep(501))"},
			{"(('%99d'):rep(10)):format(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)", "(('%99d'):rep(11)):format(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)"},
			{"('%q'):format(('x'):rep(998))", "('%q'):format(('x'):rep(999))"},
			{"('x'):rep(100):gsub('x', ('y'):rep(10))", "('x'):rep(100):gsub('x', ('y'):rep(11))"},
			{"('x'):rep(10):gsub('x', '%0%0')", "('x'):rep(100):gsub('x', ('%0'):rep(11))"},
			{"('x'):rep(100):gsub('x', function() return ('y'):rep(10) end)", "('x'):rep(100):gsub('x', function() return ('y'):rep(11) end)"},
			{"('x'):rep(100):gsub('x', {x = ('y'):rep(10)})", "('x'):rep(100):gsub('x', {x = ('y'):rep(11)})"},
			{"('x'):rep(1000):gsub('', '')", "('x'):rep(999):gsub('', '-')"},
			{"os.date(('%n'):rep(500))", "os.date(('%c'):rep(50))"},
			{"select(2, package.searchpath(('x'):rep(900), '?'))", "package.searchpath(('x'):rep(400), '?;?;?')"},
			{"select(2, package.searchpath('x.x', '?', '.', ('y'):rep(900)))", "package.searchpath('x.x.x', '?', '.', ('y'):rep(500))"},
			{"select(2, pcall(require, ('x'):rep(5)))", "require(('x'):rep(900))"},
			{"select(2, pcall(error, ('x'):rep(1000), 0))", "error(('x'):rep(1000))"},
			{"select(2, pcall(error, ('x'):rep(980)))", "assert(false, ('x'):rep(1000))"},
			{"debug.traceback(('x'):rep(900))", "debug.traceback(('x'):rep(999))"},
			{"string.char(('x'):rep(1000):byte(1, -1))", "string.char(1, ('x'):rep(1000):byte(1, -1))"},
		} {
			if f := run(t, s, "local s = "+c.fits+" assert(#s <= 1000)"); f != nil {
				t.Errorf("%s: %s: %s", b.Name(), c.fits, backend.ToStringMeta(s, -1))
			}
			s.SetTop(0)
			f := run(t, s, "local s = "+c.exceeds)
			if f == nil || !f.OutOfMemory || f.Broken || backend.ToStringMeta(s, -1) != "not enough memory" {
				t.Errorf("%s: %s: %+v", b.Name(), c.exceeds, f)
			}
			s.SetTop(0)
		}
	}
}

// TestHuge has calls that would end the process if the results were tried.
func TestHuge(t *testing.T) {
	for _, b := range backends {
		s := newVM(t, b, backend.Options{}, nil)
		for _, source := range []string{
			"('x'):rep(2^40)", "('x'):rep(1/0)", "('x'):rep(2^20):gsub('x', ('y'):rep(2^20))",
			"package.searchpath(('x'):rep(2^20), ('?'):rep(2^20))", "package.searchpath(('.'):rep(2^20), '?', '.', ('x'):rep(2^20))",
			"package.searchpath(('x'):rep(2^20), ('?;'):rep(2^20))",
		} {
			if f := run(t, s, "local s = "+source); f == nil || !f.OutOfMemory || f.Broken {
				t.Errorf("%s: %s: %+v", b.Name(), source, f)
			}
			s.SetTop(0)
		}
		for _, source := range []string{
			"table.insert(setmetatable({}, {__len = function() return 2^52 end}), 1, 1)",
			"table.remove(setmetatable({}, {__len = function() return 2^52 end}), 1)",
			"table.sort(setmetatable({}, {__len = function() return 2^52 end}))",
			"table.concat(setmetatable({}, {__len = function() return 2^52 end}))",
			"unpack({}, 1, 2^53)", "unpack({}, 1, 1e9)", "unpack({}, -1e300, 1e300)", "string.byte(('x'):rep(2^25), 1, -1)",
		} {
			if f := run(t, s, "local s = "+source); f == nil || f.Broken {
				t.Errorf("%s: %s: %+v", b.Name(), source, f)
			}
			s.SetTop(0)
			if f := run(t, s, "assert(#('usable'):upper() == 6)"); f != nil {
				t.Errorf("%s: after %s: %s", b.Name(), source, backend.ToStringMeta(s, -1))
			}
		}
	}
}

// largest is a writer that remembers how many bytes came in all, and at most at once.
type largest struct{ all, once int }

func (w *largest) Write(p []byte) (int, error) {
	w.all, w.once = w.all+len(p), max(w.once, len(p))
	return len(p), nil
}

// TestPrintMuch prints far more than a string may have.
func TestPrintMuch(t *testing.T) {
	const size, times = 1 << 18, 100
	for _, b := range backends {
		var out largest
		s := newVM(t, b, backend.Options{MaxString: size, Stdout: &out}, nil)
		if f := run(t, s, "local t = {} for i = 1, 100 do t[i] = ('x'):rep(2^18) end print(unpack(t))"); f != nil {
			t.Fatal(backend.ToStringMeta(s, -1))
		}
		if out.all != times*(size+1) || out.once > backend.MaxPrinted+2*(size+1) {
			t.Errorf("%s: %d bytes, %d at once", b.Name(), out.all, out.once)
		}
	}
}
