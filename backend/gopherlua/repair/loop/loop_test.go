package loop

import "testing"

func TestProbe(t *testing.T) {
	if err := probe(); err != nil {
		t.Error(err)
	}
}
