package pattern

import (
	"fmt"
	"strings"
	"testing"
)

// describe searches and writes the outcome as lua52Case has it.
func describe(subject, pattern string, from int) string {
	var m Matcher
	m.Init(subject, Compile(pattern, true), nil)
	return describeNext(&m, subject, from)
}

func describeNext(m *Matcher, subject string, from int) string {
	start, end, err := m.Find(from)
	if err != nil {
		return err.Error()
	}
	if start < 0 {
		return "nil"
	}
	text := fmt.Sprintf("%d %d", start+1, end)
	for i := range m.Captures() {
		first, behind, err := m.Capture(i)
		switch {
		case err != nil:
			return err.Error()
		case behind < 0:
			text += fmt.Sprintf(" %d", first+1)
		default:
			text += fmt.Sprintf(" '%s'", subject[first:behind])
		}
	}
	return text
}

func TestAsLua52(t *testing.T) {
	for _, c := range lua52Cases {
		from := c.init - 1
		if c.init < 0 {
			from = len(c.subject) + c.init
		}
		if got := describe(c.subject, c.pattern, from); got != c.want {
			t.Errorf("find(%q, %q, %d) = %s, want %s", c.subject, c.pattern, c.init, got, c.want)
		}
	}
}

func TestNoAnchors(t *testing.T) {
	var m Matcher
	m.Init("a^b", Compile("^b", false), nil)
	if got := describeNext(&m, "a^b", 0); got != "2 3" || m.Anchored() {
		t.Errorf("found %s", got)
	}
}

// TestEndless has patterns that would backtrack for ages.
func TestEndless(t *testing.T) {
	a := strings.Repeat("a", 30)
	for _, c := range []struct{ subject, pattern string }{
		{a, strings.Repeat("a-", 30) + "b"},
		{a, strings.Repeat("a*", 30) + "b"},
		{a, strings.Repeat("a?", 30) + strings.Repeat("a*", 10) + "b"},
		{a, "(" + strings.Repeat(".-", 12) + ")%1%1%1b"},
		{strings.Repeat(a, 1000), ".-.-.-b"},
		{strings.Repeat("(", 1<<20), "%b()"},
	} {
		var m Matcher
		m.Init(c.subject, Compile(c.pattern, true), nil)
		m.Renew(1 << 20) // the default takes longer, nothing else
		if got := describeNext(&m, c.subject, 0); got != "pattern too complex" {
			t.Errorf("%.20q: %s", c.pattern, got)
		}
		if got := describeNext(&m, c.subject, len(c.subject)); got != "pattern too complex" && got != "nil" {
			t.Errorf("%.20q: used again: %s", c.pattern, got)
		}
	}
}

// TestBudget has searches that take long, but end within the steps that Init allows.
func TestBudget(t *testing.T) {
	const mega = 1 << 20
	text := strings.Repeat("word ", mega/5)
	for _, c := range []struct{ subject, pattern, want string }{
		{strings.Repeat("a", 3000), "a-b", "nil"},
		{text, "^(.-)%s*$", fmt.Sprintf("1 %d '%s'", len(text), text[:len(text)-1])},
		{text, "(.*)%s$", fmt.Sprintf("1 %d '%s'", len(text), text[:len(text)-1])},
		{text, "%u", "nil"},
		{text, "x.*y", "nil"},
		{strings.Repeat(" ", 3000) + "x", "%s+$", "nil"},
		{strings.Repeat("(", mega/2) + strings.Repeat(")", mega/2), "%b()", fmt.Sprintf("1 %d", mega)},
	} {
		if got := describe(c.subject, c.pattern, 0); got != c.want {
			t.Errorf("%q: %.40s, want %.40s", c.pattern, got, c.want)
		}
	}
	var m Matcher
	if m.Init(text, Compile("x", true), nil); m.steps != baseSteps+stepsPerByte*len(text) {
		t.Errorf("%d steps for %d bytes", m.steps, len(text))
	}
}

func TestAllocatesNothing(t *testing.T) {
	subject := strings.Repeat("key = value; ", 10)
	var m Matcher
	for _, pattern := range []string{"(%w+)%s*=%s*(%w+)", "%f[%a]v.-;", "[^k]+", "%b =", "x*()$", "zzz"} {
		m.Init(subject, Compile(pattern, true), nil)
		allocations := testing.AllocsPerRun(10, func() {
			if _, _, err := m.Find(0); err != nil {
				t.Fatal(err)
			}
		})
		if allocations != 0 {
			t.Errorf("%q: %v allocations", pattern, allocations)
		}
	}
}
