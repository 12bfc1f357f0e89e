package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// serve runs the node until ctx ends, and drains it.
func serve(ctx context.Context, line *commandLine) (err error) {
	security, err := line.security.Options()
	if err != nil {
		return err
	}
	url := line.url
	if line.embed != nil {
		server, err := embedded.Start(line.serverOptions()...)
		if err != nil {
			return err
		}
		defer server.Close()
		if url == "" {
			url = server.URL()
		}
	}
	h, err := host.New(selected.Default(), line.hostOptions()...)
	if err != nil {
		return err
	}
	node, err := cluster.Join(ctx, h.States, append(security, cluster.URL(url),
		cluster.Lease(line.lease), cluster.Replicas(line.replicas),
		cluster.Logger(slog.New(slog.NewTextHandler(os.Stderr, nil))))...)
	if err != nil {
		return err
	}
	defer func() {
		again, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		err = errors.Join(err, node.Drain(again))
	}()
	for _, a := range line.activate {
		setup, err := os.ReadFile(a.file)
		if err != nil {
			return err
		}
		if err := node.Activate(a.pattern, string(setup), cluster.Idle(line.idle)); err != nil {
			return err
		}
	}
	if line.script != "" {
		if err := runScript(h, line); err != nil {
			return err
		}
	}
	fmt.Println("ready", url)
	<-ctx.Done()
	return nil
}

func (l *commandLine) serverOptions() []embedded.Option {
	var options []embedded.Option
	if l.config != "" {
		options = append(options, embedded.Config(l.config))
	}
	options = append(options, embedded.Listen(l.embed.host, l.embed.port))
	if l.store != "" {
		options = append(options, embedded.Folder(l.store))
	}
	if l.peer != nil {
		options = append(options, embedded.Peers(l.peerName, l.peer.host, l.peer.port, l.routes...))
	}
	return options
}

// hostOptions let scripts and setups find the modules in the folder of the script.
func (l *commandLine) hostOptions() []mtstates.Option {
	options := []mtstates.Option{mtstates.WithInterrupt()}
	if l.script != "" {
		folder := filepath.Dir(l.script)
		options = append(options,
			mtstates.WithFallbackPath(filepath.Join(folder, "?.lua"), filepath.Join(folder, "?", "init.lua")))
	}
	return options
}

// runScript runs the script with its arguments. The states that it shares live on.
func runScript(h *host.Host, line *commandLine) error {
	source, err := os.ReadFile(line.script)
	if err != nil {
		return err
	}
	vm, err := h.NewVM(nil)
	if err != nil {
		return err
	}
	defer vm.Close()
	text := string(source)
	if strings.HasPrefix(text, "#") { // the line of an interpreter
		text = "--" + text
	}
	if err := vm.Load(text, "@"+line.script, 0); err != nil {
		return err
	}
	if !vm.CheckStack(len(line.args)) {
		return errors.New("too many arguments")
	}
	for _, arg := range line.args {
		vm.PushString(arg)
	}
	if f := vm.PCall(len(line.args), 0); f != nil {
		return errors.New(host.ErrorReport(vm, f))
	}
	return nil
}
