package gotext

import (
	"fmt"
	"reflect"
	"testing"
)

// TestFind looks for the texts of run-time errors as this Go writes them.
func TestFind(t *testing.T) {
	var (
		none     []int
		null     *struct{ field int }
		counts   map[string]int
		anything any = "text"
		zero     int
		size     = -1
	)
	for name, fail := range map[string]func(){
		"index":      func() { _ = none[zero] },
		"slice":      func() { _ = none[zero+1:] },
		"pointer":    func() { _ = null.field },
		"map":        func() { counts["x"] = 1 },
		"conversion": func() { _ = anything.(int) },
		"interface":  func() { _ = anything.(error) },
		"division":   func() { _ = 1 / zero },
		"make":       func() { _ = make([]int, size) },
		"hash":       func() { _ = map[any]int{any(none): 1} },
		"reflect":    func() { reflect.ValueOf(1).Len() },
		"zero value": func() { reflect.Value{}.Len() },
	} {
		if text := panicText(fail); Find("f:1: "+text) == "" {
			t.Errorf("%s: nothing is found in %q", name, text)
		}
	}
	for _, text := range []string{"", "f:1: attempt to index a nil value", "table index is nil", "bad argument #1 to 'select' (index out of range)"} {
		if found := Find(text); found != "" {
			t.Errorf("%q is found in %q", found, text)
		}
	}
}

func panicText(f func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	f()
	return ""
}
