package mtstates_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// TestLuaGuide runs the code of the guide for authors of scripts and compares what it prints with what the guide shows.
func TestLuaGuide(t *testing.T) {
	var code, shown strings.Builder
	for _, block := range regexp.MustCompile("(?ms)^```(lua|text)\n(.*?)^```$").FindAllStringSubmatch(read(t, "guides/lua.md"), -1) {
		if block[1] == "lua" {
			code.WriteString(block[2])
		} else {
			shown.WriteString(block[2])
		}
	}
	onAll(t, func(t *testing.T, b backend.Backend) {
		var out bytes.Buffer
		h, err := host.New(b, mtstates.WithStdout(&out))
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		vm, err := h.NewVM(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer vm.Close()
		if err := vm.Load(code.String(), "@guide", 0); err != nil {
			t.Fatal(err)
		}
		if f := vm.PCall(0, 0); f != nil {
			t.Fatal(host.ErrorReport(vm, f))
		}
		if out.String() != shown.String() {
			t.Errorf("it prints:\n%s", &out)
		}
	})
}
