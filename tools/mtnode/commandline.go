package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/tools/internal/clusterflags"
)

const usage = `usage: mtnode [options] [script [args]]
Options:
  -c, --cluster url           connect to these NATS servers, separated by commas
      --creds file            credentials for the servers, as nsc writes them; a name and a password may be in the url
      --tlsca file            trust the authorities in file, for servers with TLS
      --tlscert file          the certificate of this program, for servers that want one
      --tlskey file           its key
      --name name             the name of the cluster, main by default
  -a, --activate pattern=file make virtual states of the names that match pattern, with the setup in file; several times
      --idle time             close virtual states after this time without a call, 10m by default
      --lease time            how long names stay taken after a failure, 15s by default
      --replicas n            how many servers keep the claims, if this is the first node of the cluster
      --embed host:port       run a NATS server here; without --cluster, connect to it
      --config file           the embedded server's configuration file, for example with users, accounts and TLS
      --store folder          where the embedded server keeps its files; a temporary folder by default
      --peer name@host:port   the embedded server is one of several: its name, and where it listens to the others
      --route url             where another embedded server listens to its peers; several times
  -h, --help                  show this text
`

var errHelp = pflag.ErrHelp

// commandLine is what the arguments ask for.
type commandLine struct {
	url      string
	activate []activation
	idle     time.Duration
	lease    time.Duration
	replicas int
	security clusterflags.Flags
	embed    *address // nil without a server
	config   string
	store    string
	peer     *address // nil for a server alone
	peerName string
	routes   []string
	script   string // "" for none
	args     []string
}

type activation struct{ pattern, file string }

type address struct {
	host string
	port int
}

func parse(args []string) (*commandLine, error) {
	line := &commandLine{}
	var activate []string
	var embed, peer string
	flags := pflag.NewFlagSet("mtnode", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SetInterspersed(false) // options after the script are the script's
	flags.Usage = func() {}
	flags.StringVarP(&line.url, "cluster", "c", "", "")
	line.security.Add(flags)
	flags.StringVar(&line.config, "config", "", "")
	flags.StringArrayVarP(&activate, "activate", "a", nil, "")
	flags.DurationVar(&line.idle, "idle", 10*time.Minute, "")
	flags.DurationVar(&line.lease, "lease", 15*time.Second, "")
	flags.IntVar(&line.replicas, "replicas", 1, "")
	flags.StringVar(&embed, "embed", "", "")
	flags.StringVar(&line.store, "store", "", "")
	flags.StringVar(&peer, "peer", "", "")
	flags.StringArrayVar(&line.routes, "route", nil, "")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	for _, text := range activate {
		pattern, file, ok := strings.Cut(text, "=")
		if !ok || pattern == "" || file == "" {
			return nil, fmt.Errorf("--activate %q is not pattern=file", text)
		}
		line.activate = append(line.activate, activation{pattern, file})
	}
	var err error
	if line.embed, err = parseAddress("--embed", embed); err != nil {
		return nil, err
	}
	if peer != "" {
		name, at, ok := strings.Cut(peer, "@")
		if !ok || name == "" {
			return nil, fmt.Errorf("--peer %q is not name@host:port", peer)
		}
		line.peerName = name
		if line.peer, err = parseAddress("--peer", at); err != nil {
			return nil, err
		}
	}
	if rest := flags.Args(); len(rest) > 0 {
		line.script, line.args = rest[0], rest[1:]
	}
	return line, line.check()
}

// check reports options that make no sense together.
func (l *commandLine) check() error {
	switch {
	case l.url == "" && l.embed == nil:
		return errors.New("one of --cluster and --embed is needed")
	case l.embed == nil && (l.store != "" || l.config != "" || l.peer != nil):
		return errors.New("--store, --config and --peer need --embed")
	case l.peer == nil && len(l.routes) > 0:
		return errors.New("--route needs --peer")
	}
	return nil
}

// parseAddress returns nil for no text.
func parseAddress(option, text string) (*address, error) {
	if text == "" {
		return nil, nil
	}
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		var number uint64
		if number, err = strconv.ParseUint(port, 10, 16); err == nil {
			return &address{host, int(number)}, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", option, err)
}
