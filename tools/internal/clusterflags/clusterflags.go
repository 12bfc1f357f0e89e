// Package clusterflags has the options of the programs for the name of a cluster and the connection to its NATS servers. mtlua and mtnode
// import it.
package clusterflags

import (
	"errors"
	"fmt"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// Flags are the options.
type Flags struct{ name, creds, ca, certificate, key string }

// Add adds the options to a set.
func (f *Flags) Add(flags *pflag.FlagSet) {
	flags.StringVar(&f.name, "name", "", "")
	flags.StringVar(&f.creds, "creds", "", "")
	flags.StringVar(&f.ca, "tlsca", "", "")
	flags.StringVar(&f.certificate, "tlscert", "", "")
	flags.StringVar(&f.key, "tlskey", "", "")
}

// Given reports whether there is any of the options.
func (f *Flags) Given() bool { return *f != Flags{} }

// Options returns what the options mean for cluster.Join. The error is that of a file that cannot be read.
func (f *Flags) Options() ([]cluster.Option, error) {
	if (f.certificate == "") != (f.key == "") {
		return nil, errors.New("--tlscert and --tlskey need each other")
	}
	for option, file := range map[string]string{"--creds": f.creds, "--tlsca": f.ca, "--tlscert": f.certificate, "--tlskey": f.key} {
		if file == "" {
			continue
		}
		if _, err := os.ReadFile(file); err != nil {
			return nil, fmt.Errorf("%s: %w", option, err)
		}
	}
	var options []nats.Option
	if f.creds != "" {
		options = append(options, nats.UserCredentials(f.creds))
	}
	if f.ca != "" {
		options = append(options, nats.RootCAs(f.ca))
	}
	if f.certificate != "" {
		options = append(options, nats.ClientCert(f.certificate, f.key))
	}
	chosen := []cluster.Option{cluster.NATS(options...)}
	if f.name != "" {
		chosen = append(chosen, cluster.Named(f.name))
	}
	return chosen, nil
}
