package gen

import (
	"slices"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"one", []string{"one"}},
		{"one two  three", []string{"one two", "three"}},
		{"one two\nthree\n\n| a | wide row |\n|---|---|\none\ntwo", []string{
			"one two", "three", "", "| a | wide row |", "|---|---|", "one two",
		}},
		{"incomprehensible text", []string{"incomprehensible", "text"}},
	} {
		if got := wrap(c.text, 8); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
