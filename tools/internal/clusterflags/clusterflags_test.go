package clusterflags

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
)

// A server with a configuration file that wants TLS, a certificate of the client, and a password.
func TestTLS(t *testing.T) {
	folder := t.TempDir()
	writeCertificates(t, folder)
	config := filepath.Join(folder, "server.conf")
	write(t, config, fmt.Appendf(nil, `
		tls { cert_file: %q, key_file: %q, ca_file: %q, verify: true }
		authorization { user: ada, password: secret }`,
		filepath.Join(folder, "server.pem"), filepath.Join(folder, "server.key"), filepath.Join(folder, "ca.pem")))
	s, err := embedded.Start(embedded.Config(config))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, address, _ := strings.Cut(s.URL(), "://")
	ada, eve := "tls://ada:secret@"+address, "tls://eve:secret@"+address
	ca := []string{"--tlsca", filepath.Join(folder, "ca.pem")}
	client := []string{"--tlscert", filepath.Join(folder, "client.pem"), "--tlskey", filepath.Join(folder, "client.key")}
	for _, c := range []struct {
		name, url string
		args      []string
		joins     bool
	}{
		{"all", ada, append(ca, client...), true},
		{"a wrong user", eve, append(ca, client...), false},
		{"no certificate", ada, ca, false},
		{"an unknown authority", ada, client, false},
	} {
		start := time.Now()
		if err := join(t, c.url, c.args...); (err == nil) != c.joins || time.Since(start) > 20*time.Second {
			t.Errorf("%s: %v after %v", c.name, err, time.Since(start))
		}
	}
	for args, want := range map[string]string{
		"--tlscert x":               "need each other",
		"--tlskey x":                "need each other",
		"--creds /nowhere":          "--creds: ",
		"--tlsca /nowhere":          "--tlsca: ",
		"--creds " + config + " -x": "unknown shorthand",
	} {
		if err := join(t, ada, strings.Fields(args)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", args, err)
		}
	}
	if _, err := embedded.Start(embedded.Config("/nowhere")); err == nil {
		t.Error("a server starts without its configuration")
	}
}

// join joins as the programs do it, and leaves.
func join(t *testing.T, url string, args ...string) error {
	var f Flags
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	f.Add(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	options, err := f.Options()
	if err != nil {
		return err
	}
	h := hosttest.New(t, backends.All()[0])
	node, err := cluster.Join(t.Context(), h.States, append(options, cluster.URL(url))...)
	if err == nil {
		err = node.Close()
	}
	return err
}

// writeCertificates writes an authority and certificates of a server and a client.
func writeCertificates(t *testing.T, folder string) {
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	signer := key(t)
	writeCertificate(t, folder, "ca", authority, authority, signer, signer)
	for i, name := range []string{"server", "client"} {
		writeCertificate(t, folder, name, &x509.Certificate{
			SerialNumber: big.NewInt(int64(i + 2)), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour),
			IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		}, authority, key(t), signer)
	}
}

func key(t *testing.T) *ecdsa.PrivateKey {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func writeCertificate(t *testing.T, folder, name string, c, parent *x509.Certificate, k, signer *ecdsa.PrivateKey) {
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &k.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, name+".pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	write(t, filepath.Join(folder, name+".key"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
}

func write(t *testing.T, file string, text []byte) {
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
