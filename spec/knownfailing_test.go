package spec

import (
	"slices"
	"testing"
)

func TestParseKnownFailing(t *testing.T) {
	got, err := ParseKnownFailing("# a comment\n\n a/b.lua: reason: with a colon \nc/d.lua: other\r\n")
	want := []KnownFailing{{"a/b.lua", "reason: with a colon"}, {"c/d.lua", "other"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for text, want := range map[string]string{
		"\na/b.lua":     "known_failing.txt:2: want \"name: reason\"",
		"a/b.lua: ":     "known_failing.txt:1: want \"name: reason\"",
		"a: b\n#\na: c": "known_failing.txt:3: a is there twice",
	} {
		if _, err := ParseKnownFailing(text); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
