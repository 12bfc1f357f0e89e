package mtmsg_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
)

// TestMillion sends a million messages of two values from a script in one thread to a script in another, on each
// backend. The receiver checks that none is lost and that they are in order.
func TestMillion(t *testing.T) {
	messages := 1_000_000
	if testing.Short() {
		messages /= 10
	}
	for _, vm := range backends.All() {
		t.Run(vm.Name(), func(t *testing.T) {
			h := hosttest.New(t, vm)
			buffer := h.Buffers.NewBuffer()
			sent := make(chan error)
			send := script(t, h, buffer.ID(), messages, sender)
			go func() { sent <- send() }()
			if err := script(t, h, buffer.ID(), messages, receiver)(); err != nil {
				t.Error(err)
			}
			if err := <-sent; err != nil {
				t.Error(err)
			}
			if n, err := buffer.Len(); n != 0 || err != nil {
				t.Errorf("%d messages are left, %v", n, err)
			}
		})
	}
}
