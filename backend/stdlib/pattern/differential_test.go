package pattern

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/gopher-lua/pm"
)

// agree searches with the matcher and the reference and reports what differs.
func agree(t *testing.T, subject, pattern string) {
	t.Helper()
	var m Matcher
	m.Init(subject, Compile(pattern, true), nil)
	m.Renew(1 << 20)
	start, end, err := m.Find(0)
	r := reference{subject: subject}
	wantStart, wantEnd, malformed := r.find(pattern, 0)
	if malformed != nil || err == errTooComplex {
		return
	}
	if err != nil {
		t.Fatalf("find(%q, %q): %v, want %d, %d", subject, pattern, err, wantStart, wantEnd)
	}
	if start != wantStart || end != wantEnd {
		t.Fatalf("find(%q, %q) = %d, %d, want %d, %d", subject, pattern, start, end, wantStart, wantEnd)
	}
	if start < 0 {
		return
	}
	var captures []capture
	for i := range m.Captures() {
		switch begin, end, err := m.Capture(i); {
		case err != nil:
			captures = append(captures, capture{r.caps[i].start, unfinished})
		case end < 0:
			captures = append(captures, capture{begin, position})
		default:
			captures = append(captures, capture{begin, end - begin})
		}
	}
	if !slices.Equal(captures, r.caps) {
		t.Fatalf("find(%q, %q): captures %v, want %v", subject, pattern, captures, r.caps)
	}
}

// FuzzFind finds out whether any pattern makes the matcher panic, or find something else than the reference.
func FuzzFind(f *testing.F) {
	for _, c := range lua52Cases {
		f.Add(c.subject, c.pattern)
	}
	f.Fuzz(func(t *testing.T, subject, pattern string) { agree(t, subject, pattern) })
}

// pieces are what random patterns are made of.
var pieces = []string{
	"a", "b", "c", ".", "%a", "%d", "%W", "[ab]", "[^a]", "[a-c]", "%.", "(", ")", "()", "(a)", "(b*)", "%1", "%bab", "*", "+",
	"-", "?", "$", "%f[a]", "%f[%A]", "[%d.]",
}

func randomPattern(r *rand.Rand, pieces []string) string {
	var p strings.Builder
	if r.IntN(5) == 0 {
		p.WriteByte('^')
	}
	for range 1 + r.IntN(7) {
		p.WriteString(pieces[r.IntN(len(pieces))])
	}
	return p.String()
}

func randomSubject(r *rand.Rand) string {
	b := make([]byte, r.IntN(12))
	for i := range b {
		b[i] = "aabbc1.\x00"[r.IntN(8)]
	}
	return string(b)
}

func TestAgreesWithReference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		agree(t, randomSubject(r), randomPattern(r, pieces))
	}
}

// TestAgreesWithPM compares with gopher-lua's engine, as far as that knows patterns: it has no %f, and back references
// make it panic.
func TestAgreesWithPM(t *testing.T) {
	known := slices.DeleteFunc(slices.Clone(pieces), func(p string) bool { return strings.HasPrefix(p, "%f") || p == "%1" })
	r := rand.New(rand.NewPCG(3, 4))
	compared := 0
	for range 20000 {
		subject, pattern := randomSubject(r), randomPattern(r, known)
		if _, _, err := parse(pattern); err != nil {
			continue
		}
		var m Matcher
		m.Init(subject, Compile(pattern, true), nil)
		start, end, err := m.Find(0)
		if err != nil {
			continue
		}
		compared++
		matches, err := pm.Find(pattern, []byte(subject), 0, 1)
		if err != nil {
			t.Errorf("pm.Find(%q, %q): %v", subject, pattern, err)
			continue
		}
		if len(matches) == 0 {
			if start >= 0 {
				t.Errorf("find(%q, %q) = %d, %d, pm finds nothing", subject, pattern, start, end)
			}
			continue
		}
		if got := matches[0]; got.Capture(0) != start || got.Capture(1) != end {
			t.Errorf("find(%q, %q) = %d, %d, pm: %d, %d", subject, pattern, start, end, got.Capture(0), got.Capture(1))
		}
	}
	if compared < 5000 {
		t.Errorf("compared only %d", compared)
	}
}
