package gen

import (
	"slices"
	"testing"
)

func TestInSentence(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"An error was raised.", "an error was raised."},
		{"A buffer is full", "a buffer is full"},
		{"Closed", "closed"},
		{"HTTP failed", "HTTP failed"},
		{"", ""},
	} {
		if got := inSentence(c.text); got != c.want {
			t.Errorf("inSentence(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

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
