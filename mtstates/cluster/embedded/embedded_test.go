package embedded

import (
	"net"
	"strings"
	"testing"
	"time"
)

// A server that cannot listen says so at once, with the reason.
func TestAddressInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	for name, option := range map[string]Option{
		"clients": Listen("127.0.0.1", port),
		"peers":   Peers("a", "127.0.0.1", port, "nats://"+l.Addr().String()),
	} {
		start := time.Now()
		s, err := Start(option)
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "address already in use") {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > startTime/2 {
			t.Errorf("%s: it took %v", name, took)
		}
	}
}
