package main

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

func TestParse(t *testing.T) {
	got, err := parse([]string{
		"--embed", "127.0.0.1:0", "--store", "dir", "--peer", "a@10.0.0.1:6222", "--route", "nats://10.0.0.2:6222", "--replicas", "3",
		"-a", "p/*=p.lua", "-a", "q=x=y.lua", "--idle", "1m", "--name", "game", "script.lua", "--embed", "x",
	})
	want := &commandLine{
		activate: []activation{{"p/*", "p.lua"}, {"q", "x=y.lua"}}, idle: time.Minute, lease: 15 * time.Second,
		replicas: 3, embed: &address{"127.0.0.1", 0}, store: "dir", peer: &address{"10.0.0.1", 6222}, peerName: "a",
		routes: []string{"nats://10.0.0.2:6222"}, script: "script.lua", args: []string{"--embed", "x"},
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	want.security.Add(flags)
	if flagErr := flags.Set("name", "game"); flagErr != nil {
		t.Fatal(flagErr)
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for args, want := range map[string]string{
		"":                                "one of --cluster and --embed",
		"--cluster x --store y":           "need --embed",
		"--embed 127.0.0.1:0 --route x":   "needs --peer",
		"--cluster x --config y":          "need --embed",
		"--embed nowhere":                 "--embed: ",
		"--embed 127.0.0.1:70000":         "--embed: ",
		"--embed 127.0.0.1:1 --peer x":    "not name@host:port",
		"--cluster x --activate p":        "not pattern=file",
		"--cluster x --activate =file":    "not pattern=file",
		"--cluster x --nonsense":          "unknown flag",
		"--cluster x --lease a-long-time": "invalid argument",
	} {
		if _, err := parse(strings.Fields(args)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", args, err)
		}
	}
}
