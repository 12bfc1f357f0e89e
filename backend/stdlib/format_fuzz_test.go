package stdlib_test

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// formatArguments is how many arguments a fuzzed format gets: numbers and texts by turns.
const formatArguments = 6

// FuzzFormat finds out whether any format makes string.format panic, whether it writes the same on all backends, and
// whether a single directive gives what package fmt gives for it, as far as the two mean the same.
func FuzzFormat(f *testing.F) {
	for _, format := range []string{
		"", "%%", "plain", "%d", "%5.2f|%s", "%-8d%+d% d", "%05d", "%.3d", "%x%X%o", "%#x", "%e", "%G", "%a", "%q", "%c%s%c",
		"%10.4s", "%-10s|", "%99.99f", "%100d", "%.100d", "%-+ #0d", "%-+ #00d", "%", "%l", "%5", "%.", "%i%i%i%i%i%i%i",
	} {
		f.Add(format, 0.0, "text")
		f.Add(format, -7.9, "\x00\n\"\\1")
		f.Add(format, math.Inf(1), "12")
		f.Add(format, 1e300, "")
		f.Add(format, math.NaN(), "\xff")
	}
	vms := make([]backend.VM, len(backends))
	for i, b := range backends {
		vms[i] = newVM(f, b, backend.Options{MaxString: 1 << 16}, nil)
	}
	f.Fuzz(func(t *testing.T, format string, n float64, text string) {
		first, ok := luaFormat(t, vms[0], format, n, text)
		for i, vm := range vms[1:] {
			if got, alsoOK := luaFormat(t, vm, format, n, text); got != first || ok != alsoOK {
				t.Errorf("format(%q, %v, %q): %s gives %q, %s %q", format, n, text, backends[0].Name(), first, backends[i+1].Name(), got)
			}
		}
		if want, known := goFormat(format, n); ok && known && first != want {
			t.Errorf("format(%q, %v) = %q, want %q", format, n, first, want)
		}
	})
}

// luaFormat returns what string.format gives, or its error message and false.
func luaFormat(t *testing.T, vm backend.VM, format string, n float64, text string) (result string, ok bool) {
	t.Helper()
	defer vm.SetTop(0)
	if err := vm.Load("return string.format(...)", "=format", 0); err != nil {
		t.Fatal(err)
	}
	vm.PushString(format)
	for i := range formatArguments {
		if i%2 == 0 {
			vm.PushNumber(n)
		} else {
			vm.PushString(text)
		}
	}
	failure := vm.PCall(1+formatArguments, 1)
	if failure != nil && failure.Broken {
		t.Errorf("format(%q) breaks the state", format)
	}
	return backend.ToStringMeta(vm, -1), failure == nil
}

var numberDirective = regexp.MustCompile(`^%([-+ 0]{0,3})(\d{0,2})(\.\d{1,2})?([diouxXeEf])$`)

// goFormat formats a number by a single directive with package fmt; known is false where that has other rules than C.
func goFormat(format string, n float64) (text string, known bool) {
	parts := numberDirective.FindStringSubmatch(format)
	if parts == nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return "", false
	}
	flags, width, precision, verb := parts[1], parts[2], parts[3], parts[4]
	if strings.Contains(flags, "-") {
		flags = strings.ReplaceAll(flags, "0", "")
	}
	switch verb {
	case "e", "E", "f":
		return fmt.Sprintf("%"+flags+width+precision+verb, n), true
	}
	if math.Abs(n) >= 1<<53 || strings.Trim(precision, ".0") == "" && precision != "" {
		return "", false
	}
	if verb == "d" || verb == "i" {
		return fmt.Sprintf("%"+flags+width+precision+"d", int64(n)), true
	}
	if n < 0 {
		return "", false
	}
	if verb == "u" {
		verb = "d"
	}
	return fmt.Sprintf("%"+strings.NewReplacer("+", "", " ", "").Replace(flags)+width+precision+verb, uint64(n)), true
}
