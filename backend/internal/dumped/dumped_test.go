package dumped

import (
	"strings"
	"testing"
)

func TestOpen(t *testing.T) {
	text := Sign("one", "code\x00\xff")
	if code, err := Open("one", text); err != nil || code != "code\x00\xff" {
		t.Fatalf("got %q, %v", code, err)
	}
	if code, err := Open("one", Sign("one", "")); err != nil || code != "" {
		t.Errorf("no code: got %q, %v", code, err)
	}
	wrong := map[string]string{
		"nothing": "", "the mark": Mark, "text": "return 1", "cut off": text[:len(text)-1], "longer": text + "x",
		"the signature only": text[:len(Mark)+32], "another mark": "\x1bLub" + text[4:],
	}
	for i := range text {
		wrong["byte "+string(rune('0'+i%10))+strings.Repeat("'", i/10)] = text[:i] + string([]byte{text[i] ^ 1}) + text[i+1:]
	}
	for name, text := range wrong {
		if _, err := Open("one", text); err != ErrFormat {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open("two", text); err != ErrFormat {
		t.Errorf("another backend: %v", err)
	}
}
