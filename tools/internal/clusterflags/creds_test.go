package clusterflags

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"

	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
)

// A server that trusts an operator, whose accounts sign the credentials of their users. An account that the server does not
// know cannot let anyone in, and neither can credentials that are over or that somebody else has signed.
func TestCreds(t *testing.T) {
	folder := t.TempDir()
	operator, system, shop, stranger := pair(t, nkeys.CreateOperator), pair(t, nkeys.CreateAccount), pair(t, nkeys.CreateAccount), pair(t, nkeys.CreateAccount)
	trust := jwt.NewOperatorClaims(operator.public)
	trust.SystemAccount = system.public
	account := jwt.NewAccountClaims(shop.public)
	account.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1}
	config := filepath.Join(folder, "server.conf")
	write(t, config, fmt.Appendf(nil, `
		operator: %s
		resolver: MEMORY
		resolver_preload: { %s: %s, %s: %s }`,
		operator.sign(t, trust),
		system.public, operator.sign(t, jwt.NewAccountClaims(system.public)), shop.public, operator.sign(t, account)))
	s, err := embedded.Start(embedded.Config(config))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	// creds writes the credentials of a new user, signed by an account for a time.
	creds := func(name string, by signer, valid time.Duration) string {
		t.Helper()
		user := pair(t, nkeys.CreateUser)
		claims := jwt.NewUserClaims(user.public)
		claims.Name = name
		claims.Expires = time.Now().Add(valid).Unix()
		seed, err := user.Seed()
		if err != nil {
			t.Fatal(err)
		}
		text, err := jwt.FormatUserConfig(by.sign(t, claims), seed)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, name+".creds")
		write(t, file, text)
		return file
	}
	for _, c := range []struct {
		name  string
		args  []string
		joins bool
	}{
		{"a user of the account", []string{"--creds", creds("ada", shop, time.Hour)}, true},
		{"another one", []string{"--creds", creds("grace", shop, time.Hour)}, true},
		{"one whose time is over", []string{"--creds", creds("old", shop, -time.Hour)}, false},
		{"one of an account that the operator did not sign", []string{"--creds", creds("eve", stranger, time.Hour)}, false},
		{"one whose file is something else", []string{"--creds", config}, false},
		{"nobody", nil, false},
	} {
		start := time.Now()
		if err := join(t, s.URL(), c.args...); (err == nil) != c.joins || time.Since(start) > 20*time.Second {
			t.Errorf("%s: %v after %v", c.name, err, time.Since(start))
		}
	}
}

// signer is a key pair with its public key.
type signer struct {
	nkeys.KeyPair
	public string
}

func pair(t *testing.T, create func() (nkeys.KeyPair, error)) signer {
	t.Helper()
	k, err := create()
	if err != nil {
		t.Fatal(err)
	}
	public, err := k.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return signer{k, public}
}

// sign returns claims as a JWT that the key has signed.
func (s signer) sign(t *testing.T, claims jwt.Claims) string {
	t.Helper()
	text, err := claims.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
