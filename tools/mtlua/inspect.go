package main

import (
	"net"
	"net/http"
	"time"

	"github.com/mtstates/go-mtstates/mtstates/host"
)

// inspect serves the live view at an address until the program ends, if there is an address.
func inspect(h *host.Host, address string) error {
	if address == "" {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: h.Handler(host.AllowInterrupts()), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return nil
}
