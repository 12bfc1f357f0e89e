package backend_test

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestQuote(t *testing.T) {
	full := strings.Repeat("x", backend.MaxQuoted)
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"name", "name"},
		{full, full},
		{full + "x", full[3:] + "..."},
		{full[5:] + "äöü", full[5:] + "ä..."},
		{full[4:] + "äöü", full[4:] + "..."},
		{strings.Repeat("\x80", backend.MaxQuoted+1), strings.Repeat("\x80", backend.MaxQuoted-6) + "..."},
	} {
		if got := backend.Quote(c.text); got != c.want {
			t.Errorf("Quote of %d bytes: ...%q, want ...%q", len(c.text), got[max(0, len(got)-10):], c.want[max(0, len(c.want)-10):])
		}
	}
}
