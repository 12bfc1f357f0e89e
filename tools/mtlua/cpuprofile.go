package main

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/mtstates/host"
)

// cpuProfile is the profile of the program, if it writes one.
type cpuProfile struct{ running atomic.Pointer[profileRun] }

type profileRun struct {
	end  func()
	done chan struct{} // closed when the profile is written
}

// start begins a profile for a file, unless its name is empty.
func (p *cpuProfile) start(h *host.Host, name string) error {
	if name == "" {
		return nil
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &profileRun{cancel, make(chan struct{})}
	go func() {
		defer close(r.done)
		err := h.Profile(ctx, file)
		if closed := file.Close(); err == nil {
			err = closed
		}
		if err != nil {
			report(fmt.Errorf("cannot write the profile: %w", err))
		}
	}()
	p.running.Store(r)
	return nil
}

// stop writes the profile, when the program ends. Any thread may call it, several times.
func (p *cpuProfile) stop() {
	if r := p.running.Load(); r != nil {
		r.end()
		<-r.done
	}
}
