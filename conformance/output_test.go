package conformance

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

func TestCompare(t *testing.T) {
	expecting := &luaCase{path: "area/x.lua", hasWant: true, want: "one\ntwo\n"}
	for output, want := range map[string]string{
		"one\ntwo\n":        "",
		"one\n2\n":          `line 2: got "2", want "two"`,
		"one\n":             "line 2: got \"\", want \"two\"\nline 3: got nothing, want \"\"",
		"one\ntwo\nthree\n": "line 3: got \"three\", want \"\"\nline 4: got \"\", want nothing",
	} {
		got := ""
		if err := expecting.compare("Lua 5.1", output); err != nil {
			got = err.Error()
		}
		if want != "" {
			want = "output is not that of area/x.out:\n" + want
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", output, got, want)
		}
	}
	expecting.variants = map[string]string{"Lua 5.2": "two\n"}
	if err := expecting.compare("Lua 5.2", "two\n"); err != nil {
		t.Error(err)
	}
	if err := expecting.compare("Lua 5.2", "one\ntwo\n"); err == nil || !strings.Contains(err.Error(), "area/x.5.2.out") {
		t.Errorf("output of another version: %v", err)
	}
	if err := new(luaCase).compare("Lua 5.1", "anything"); err != nil {
		t.Errorf("a case without expected output: %v", err)
	}
}

func TestExpectedOutputIsRead(t *testing.T) {
	script := &fstest.MapFile{Data: []byte("-- shows: x\n-- proves: y\n")}
	cases, err := luaCases(fstest.MapFS{
		"cases/a/with.lua":     script,
		"cases/a/with.out":     {Data: []byte("1\n")},
		"cases/a/with.5.2.out": {Data: []byte("2\n")},
		"cases/a/empty.lua":    script,
		"cases/a/empty.out":    {},
		"cases/a/without.lua":  script,
	})
	if err != nil || len(cases) != 3 {
		t.Fatalf("got %d cases, %v", len(cases), err)
	}
	for i, want := range []luaCase{{path: "a/empty.lua", hasWant: true}, {path: "a/with.lua", hasWant: true, want: "1\n"}, {path: "a/without.lua"}} {
		if c := cases[i]; c.path != want.path || c.hasWant != want.hasWant || c.want != want.want {
			t.Errorf("got %+v, want %+v", c, want)
		}
	}
	if got := cases[1].wantOf("Lua 5.2") + cases[1].wantOf("Lua 5.1"); got != "2\n1\n" {
		t.Errorf("the versions print %q", got)
	}
	_, err = luaCases(fstest.MapFS{"cases/a/x.lua": script, "cases/a/y.out": {}})
	if err == nil || !strings.Contains(err.Error(), "cases/a/y.out: there is no case of the name") {
		t.Errorf("output without a case: %v", err)
	}
}

func TestEditionsOfCases(t *testing.T) {
	script := func(header string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("-- shows: x\n-- proves: y\n" + header)}
	}
	cases, err := luaCases(fstest.MapFS{
		"cases/a/default.lua": script(""), "cases/a/one.lua": script("-- edition: 0.4\n"), "cases/a/both.lua": script("-- edition: seed, 0.4\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range cases {
		got[c.name()] = c.edition
	}
	want := map[string]string{"a/default.lua": "", "a/one.lua": "0.4", "a/both.lua": "", "a/both.lua edition 0.4": "0.4"}
	if !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
