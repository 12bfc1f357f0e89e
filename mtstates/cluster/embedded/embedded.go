// Package embedded runs a NATS server with JetStream inside of a Go program, for package cluster: alone, or as one of
// several that form a cluster of servers. Only programs that import it link the server.
package embedded

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Server is a NATS server in this process.
type Server struct {
	server    *server.Server
	temporary string // the folder that is removed in the end, "" for none
}

// Option configures a server.
type Option interface{ apply(*settings) }

type option func(*settings)

func (o option) apply(s *settings) { o(s) }

type settings struct {
	server.Options
	routes    []string
	configure []func(*server.Options)
	err       error
}

// Listen sets where clients connect. The default is a free port of 127.0.0.1; port 0 stands for a free one.
func Listen(host string, port int) Option {
	return option(func(s *settings) { s.Host, s.Port = host, anyPort(port) })
}

func anyPort(port int) int {
	if port == 0 {
		return server.RANDOM_PORT
	}
	return port
}

// Folder sets the folder in which the server keeps its files. Without it, they are in a temporary folder that is removed
// when the server ends, so the claims of the cluster are lost with it.
func Folder(path string) Option { return option(func(s *settings) { s.StoreDir = path }) }

// Peers makes the server one of several. name is its own, unique among them, and host and port are where it listens to
// the others, whose routes are URLs such as nats://10.0.0.2:6222; its own may be among them. Three servers survive the
// loss of one, when the first node joins with cluster.Replicas(3).
func Peers(name, host string, port int, routes ...string) Option {
	return option(func(s *settings) {
		s.ServerName = name
		s.Cluster = server.ClusterOpts{
			Name: "mtstates", Host: host, Port: port, PingInterval: 500 * time.Millisecond, MaxPingsOut: 2,
		}
		s.routes = routes
	})
}

// User makes clients give a name and a password, as in the URL nats://name:password@host:port. More is set by
// [Configure].
func User(name, password string) Option {
	return option(func(s *settings) { s.Username, s.Password = name, password })
}

// Config reads a configuration file of the NATS server, for example with users, accounts and TLS. Options that come later
// override it.
func Config(file string) Option {
	return option(func(s *settings) { s.err = errors.Join(s.err, s.ProcessConfigFile(file)) })
}

// Configure changes the options of the server directly, for example for TLS and accounts.
func Configure(change func(*server.Options)) Option {
	return option(func(s *settings) { s.configure = append(s.configure, change) })
}

// startTime is how long a server may take to accept connections.
const startTime = 10 * time.Second

// readyStep is how often the start looks for a failure.
const readyStep = 50 * time.Millisecond

// Start starts a server and returns when it accepts connections.
func Start(options ...Option) (_ *Server, err error) {
	s := settings{Options: server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, NoSigs: true, NoLog: true,
		PingInterval: time.Second, MaxPingsOut: 2, WriteDeadline: 2 * time.Second,
	}}
	for _, o := range options {
		o.apply(&s)
	}
	if s.err != nil {
		return nil, fmt.Errorf("mtstates: embedded server: %w", s.err)
	}
	for _, change := range s.configure {
		change(&s.Options)
	}
	if len(s.routes) > 0 {
		s.Routes = server.RoutesFromStr(strings.Join(s.routes, ","))
	}
	made := &Server{}
	if s.StoreDir == "" {
		if made.temporary, err = os.MkdirTemp("", "mtstates-"); err != nil {
			return nil, fmt.Errorf("mtstates: embedded server: %w", err)
		}
		s.StoreDir = made.temporary
	}
	if made.server, err = server.NewServer(&s.Options); err != nil {
		made.removeFiles()
		return nil, fmt.Errorf("mtstates: embedded server: %w", err)
	}
	failure := newFatal()
	made.server.SetLogger(failure, false, false)
	made.server.Start()
	if err := made.awaitReady(failure); err != nil {
		made.Close()
		return nil, fmt.Errorf("mtstates: embedded server: %w", err)
	}
	return made, nil
}

// awaitReady waits until the server accepts connections, or says why it cannot.
func (s *Server) awaitReady(failure *fatal) error {
	for end := time.Now().Add(startTime); !s.server.ReadyForConnections(readyStep); {
		select {
		case err := <-failure.first:
			return err
		default:
		}
		if time.Now().After(end) {
			return errors.New("it does not accept connections")
		}
	}
	return nil
}

// URL returns where clients connect, for cluster.URL. It does not have the password of [User].
func (s *Server) URL() string { return s.server.ClientURL() }

// Close ends the server. Nodes of this process leave the cluster before.
func (s *Server) Close() {
	s.server.Shutdown()
	s.server.WaitForShutdown()
	s.removeFiles()
}

func (s *Server) removeFiles() {
	if s.temporary != "" {
		_ = os.RemoveAll(s.temporary) // it is the system's temporary folder
	}
}
