package cluster

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// Option configures a node, see [Join].
type Option interface{ apply(*config) }

type option func(*config)

func (o option) apply(c *config) { o(c) }

// config is what the options choose.
type config struct {
	url        string
	nats       []nats.Option
	name       string
	lease      time.Duration
	timeout    time.Duration
	replicas   int
	inMemory   bool
	queue      int
	maxMessage int
	sentinels  wire.Sentinels
	log        *slog.Logger
}

func defaults() config {
	return config{
		url: nats.DefaultURL, name: "main", lease: 15 * time.Second, timeout: 30 * time.Second, replicas: 1, queue: 1000,
		sentinels: wire.Sentinels{}, log: slog.New(slog.DiscardHandler),
	}
}

func (c *config) check() error {
	switch {
	case !isToken(c.name):
		return fmt.Errorf("the name %q is not made of letters, digits, - and _", c.name)
	case c.lease < minLease:
		return fmt.Errorf("a lease of %v is below %v", c.lease, minLease)
	case c.timeout <= 0:
		return fmt.Errorf("a time of %v for calls", c.timeout)
	case c.replicas < 1 || c.replicas > 5:
		return fmt.Errorf("%d replicas instead of 1 to 5", c.replicas)
	case c.queue < 1:
		return fmt.Errorf("a queue for %d calls", c.queue)
	case c.maxMessage < 0:
		return fmt.Errorf("messages of %d bytes", c.maxMessage)
	}
	return checkURLs(c.url)
}

// checkURLs returns an error for URLs, separated by commas, at which there can never be a server. It shows no password.
func checkURLs(urls string) error {
	if strings.Trim(urls, ", ") == "" {
		return errors.New("there is no URL of a server")
	}
	for one := range strings.SplitSeq(urls, ",") {
		one = strings.TrimSpace(one)
		if one == "" {
			continue
		}
		if !strings.Contains(one, "://") {
			one = "nats://" + one
		}
		u, err := url.Parse(one)
		var wrong *url.Error
		switch {
		case errors.As(err, &wrong):
			return fmt.Errorf("the URL of a server: %w", wrong.Err)
		case !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme):
			return fmt.Errorf("the URL of a server begins with %s:// instead of nats://, tls://, ws:// or wss://", u.Scheme)
		case u.Hostname() == "" || strings.Contains(u.Hostname(), ":") && net.ParseIP(u.Hostname()) == nil:
			return fmt.Errorf("the URL of a server has the host %q", u.Host)
		}
	}
	return nil
}

// minLease is the time to live below which JetStream takes none.
const minLease = time.Second

func isToken(text string) bool {
	for _, c := range []byte(text) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_':
		default:
			return false
		}
	}
	return text != ""
}

// URL sets the servers, separated by commas. The default is nats://127.0.0.1:4222.
func URL(url string) Option { return option(func(c *config) { c.url = url }) }

// NATS passes options on to the connection, such as nats.UserCredentials, nats.RootCAs and nats.Secure.
func NATS(options ...nats.Option) Option {
	return option(func(c *config) { c.nats = append(c.nats, options...) })
}

// Named sets the name of the cluster, made of letters, digits, - and _. Clusters with different names may use the same
// servers without seeing each other. The default is main.
func Named(name string) Option { return option(func(c *config) { c.name = name }) }

// Lease sets how long the names of a node stay taken when it no longer answers. The default of 15 seconds is longer than
// the servers need to replace one of them that holds the claims; with less, the loss of that server stops calls for some
// seconds. The smallest is one second.
func Lease(d time.Duration) Option { return option(func(c *config) { c.lease = d }) }

// CallTimeout sets the deadline of calls and look-ups whose context has none. The default is 30 seconds.
func CallTimeout(d time.Duration) Option { return option(func(c *config) { c.timeout = d }) }

// Replicas sets on how many servers the claims are kept, if this node is the first one of the cluster. The default is 1;
// with 3, the cluster survives the loss of any server.
func Replicas(n int) Option { return option(func(c *config) { c.replicas = n }) }

// InMemory keeps the claims in the memory of the servers instead of in files, if this node is the first one of the
// cluster. A single server that is started again has forgotten them, and all nodes claim their names anew.
func InMemory() Option { return option(func(c *config) { c.inMemory = true }) }

// QueueLimit sets how many calls may wait for a state of this node. One more fails with mtstates.ErrConcurrentAccess. The
// default is 1000.
func QueueLimit(n int) Option { return option(func(c *config) { c.queue = n }) }

// MaxMessage limits the bytes of the arguments or the results of a call. The default, also 0, is what the servers take,
// usually 1 MiB; more than that is not possible.
func MaxMessage(bytes int) Option { return option(func(c *config) { c.maxMessage = bytes }) }

// Sentinels makes errors.Is find Go errors in the errors of other processes. All nodes give an error the same name.
func Sentinels(names map[string]error) Option {
	return option(func(c *config) {
		for name, err := range names {
			c.sentinels[name] = err
		}
	})
}

// Logger sets where the node reports lost leases and names that it could not claim again. By default it does not.
func Logger(log *slog.Logger) Option { return option(func(c *config) { c.log = log }) }
