package stdlib

import (
	"testing"
	"time"
)

// TestWithDST has what C's mktime makes of isdst in Berlin.
func TestWithDST(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		month time.Month
		dst   bool
		want  int64
	}{
		{time.January, false, 1704106800}, {time.January, true, 1704103200}, {time.July, true, 1719828000},
		{time.July, false, 1719831600},
	} {
		if got := withDST(time.Date(2024, c.month, 1, 12, 0, 0, 0, berlin), c.dst); got.Unix() != c.want {
			t.Errorf("%s, %t: %d, want %d", c.month, c.dst, got.Unix(), c.want)
		}
	}
	if got := withDST(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), true); got.Unix() != 946681200 {
		t.Errorf("UTC: %d", got.Unix())
	}
}
