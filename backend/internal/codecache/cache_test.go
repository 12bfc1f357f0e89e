package codecache

import (
	"strings"
	"testing"
)

func TestCache(t *testing.T) {
	c := New[int](1600)
	key := func(name string) Key { return Key{strings.Repeat(name, 90), "@"} }
	for i, name := range []string{"a", "b", "c"} {
		c.Add(key(name), i, 0)
	}
	c.Add(key("a"), 7, 0)
	if code, ok := c.Get(key("a")); !ok || code != 0 {
		t.Errorf("code added twice is %d, %v", code, ok)
	}
	if _, ok := c.Get(Key{key("a").Source, "@other"}); ok {
		t.Error("the name of the chunk does not count")
	}
	for i := range 16 {
		c.Add(key(string(rune('A'+i))), i, 5)
		c.Get(key("a"))
	}
	if _, ok := c.Get(key("a")); !ok {
		t.Error("the code that was used last is forgotten")
	}
	if _, ok := c.Get(key("b")); ok {
		t.Error("nothing is forgotten")
	}
	c.Add(Key{strings.Repeat("x", 101), ""}, 1, 0)
	if _, ok := c.Get(Key{strings.Repeat("x", 101), ""}); ok {
		t.Error("large code is kept")
	}
	if c.size > 1600 {
		t.Errorf("%d bytes are kept", c.size)
	}
}
