package coroutine

import "testing"

func TestProbe(t *testing.T) {
	if err := probeYields(); err != nil {
		t.Fatal(err)
	}
}
