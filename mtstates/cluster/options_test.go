package cluster

import "testing"

func TestCheckURLs(t *testing.T) {
	for urls, right := range map[string]bool{
		"nats://127.0.0.1:4222": true, "host": true, "host:4222": true, "nats://user:secret@host, tls://[::1]:4222": true, "wss://host/path": true,
		"": false, "::::": false, "http://host": false, "nats://": false, "nats://%zz": false, "nats://host:port": false, "host,": true, " , ": false,
	} {
		if err := checkURLs(urls); (err == nil) != right {
			t.Errorf("%q: %v", urls, err)
		}
	}
}
