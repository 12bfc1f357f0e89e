package mtstates_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
)

// annotations are the folders with the annotations of the editions, and scripts for each, which are without fault.
var annotations = map[string][]string{
	"meta": {"examples/counter.lua", "examples/hello.lua", "examples/limiter.lua", "examples/orders.lua", "examples/pool.lua",
		"examples/prices.lua", "examples/shared.lua"},
	"meta-0.4": {"examples/shared-0.4.lua"},
}

// builtinTypes are the types that language servers know.
var builtinTypes = []string{"any", "boolean", "fun", "function", "integer", "lightuserdata", "nil", "number", "string", "table", "thread", "userdata"}

// TestAnnotations checks what the annotations of each edition say, as a language server reads them: they are Lua, each type is
// declared, once, and each parameter is one of the function's.
func TestAnnotations(t *testing.T) {
	for folder := range annotations {
		a := &annotated{Test: t, types: slices.Clone(builtinTypes)}
		files := texts(t, folder+"/*.lua")
		if len(files) < 3 {
			t.Errorf("%s has %d files", folder, len(files))
		}
		class := regexp.MustCompile(`(?m)^---@class ([\w.]+)`)
		for _, text := range files {
			for _, c := range class.FindAllStringSubmatch(text, -1) {
				if slices.Contains(a.types, c[1]) {
					t.Errorf("%s: %s is declared twice", folder, c[1])
				}
				a.types = append(a.types, c[1])
			}
		}
		for _, text := range files {
			a.check(text)
		}
	}
}

type annotated struct {
	Test  *testing.T
	types []string
}

// The forms of annotations, with the type or the types in them.
var (
	annotation = regexp.MustCompile(`^---@(\w+) ?(.*)$`)
	header     = regexp.MustCompile(`^(local )?function [\w.]+([.:])(\w+)\((.*)\) end$`)
	typed      = map[string]*regexp.Regexp{
		"class":  regexp.MustCompile(`^[\w.]+(?:: ([\w.]+))?$`),
		"field":  regexp.MustCompile(`^\w+\?? (\S+) \S`),
		"param":  regexp.MustCompile(`^(?:\w+\??|\.\.\.) (\S+) \S`),
		"return": regexp.MustCompile(`^(\S+) (?:#|\w+|\.\.\.) \S`),
	}
	overload = regexp.MustCompile(`^fun\(((?:(?:\w+\??|\.\.\.): [^,()]+(?:, )?)*)\)(?:: (.+))?$`)
)

func (a *annotated) check(text string) {
	var parameters []string // that the lines above a function annotate
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if f := header.FindStringSubmatch(line); f != nil {
			if got := strings.Join(parameters, ", "); got != f[4] {
				a.Test.Errorf("%s has annotations for %q", line, got)
			}
			parameters = nil
		}
		m := annotation.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		switch tag, rest := m[1], m[2]; tag {
		case "meta":
		case "overload":
			a.overload(line, rest)
		case "class", "field", "param", "return":
			parts := typed[tag].FindStringSubmatch(rest)
			if parts == nil {
				a.Test.Errorf("not the form of %s: %s", tag, line)
				continue
			}
			a.declared(line, parts[1])
			if tag == "param" {
				name, _, _ := strings.Cut(rest, " ")
				parameters = append(parameters, strings.TrimSuffix(name, "?"))
			}
		default:
			a.Test.Errorf("unknown annotation: %s", line)
		}
	}
}

func (a *annotated) overload(line, text string) {
	parts := overload.FindStringSubmatch(text)
	if parts == nil {
		a.Test.Errorf("not a function type: %s", line)
		return
	}
	for parameter := range strings.SplitSeq(parts[1], ", ") {
		if _, typ, ok := strings.Cut(parameter, ": "); ok {
			a.declared(line, typ)
		}
	}
	for typ := range strings.SplitSeq(parts[2], ", ") {
		a.declared(line, typ)
	}
}

// declared checks that the types in a union, which may be empty, are known.
func (a *annotated) declared(line, union string) {
	for typ := range strings.SplitSeq(strings.TrimSuffix(union, "?"), "|") {
		if typ = strings.TrimSuffix(typ, "[]"); typ != "" && !slices.Contains(a.types, typ) {
			a.Test.Errorf("type %q is not declared: %s", typ, line)
		}
	}
}

// TestAnnotationsAreLua loads the annotations in each VM.
func TestAnnotationsAreLua(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		vm, err := hosttest.New(t, b).NewVM(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer vm.Close()
		for folder := range annotations {
			for _, text := range texts(t, folder+"/*.lua") {
				if err := vm.Load(text, "="+folder, 0); err != nil {
					t.Error(err)
				}
				vm.SetTop(0)
			}
		}
	})
}

// mistakes are a script with what a language server must find by the annotations.
const mistakes = `local mtstates = require "mtstates"
local state = mtstates.newstate("return function() end")
mtstates.newstat("return function() end")
state:cal(1)
state:tcall({}, 1)
`

// TestLanguageServer lets a language server check the annotations of each edition, scripts without fault, and one with mistakes.
func TestLanguageServer(t *testing.T) {
	server := findServer(t)
	for folder, scripts := range annotations {
		t.Run(folder, func(t *testing.T) {
			workspace := t.TempDir()
			put := func(name, text string) {
				if err := os.WriteFile(filepath.Join(workspace, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			put(".luarc.json", string(luarc(t)))
			for _, file := range globs(t, folder+"/*.lua") {
				put(filepath.Base(file), read(t, file))
			}
			for _, script := range scripts {
				put("script-"+filepath.Base(script), read(t, script))
			}
			if out, wrong := server(t, workspace); wrong {
				t.Errorf("it finds in what is right:\n%s", out)
			}
			put("mistakes.lua", mistakes)
			out, wrong := server(t, workspace)
			if !wrong {
				t.Errorf("it finds no mistakes:\n%s", out)
			}
		})
	}
}

// luarc returns settings with which what annotations are about is an error, and nothing else is.
func luarc(t *testing.T) []byte {
	severity := map[string]string{}
	for _, name := range []string{"doc-field-no-class", "duplicate-doc-alias", "duplicate-doc-field", "duplicate-doc-param",
		"undefined-doc-class", "undefined-doc-name", "undefined-doc-param", "undefined-field", "unknown-diag-code",
		"param-type-mismatch", "missing-parameter", "redundant-parameter"} {
		severity[name] = "Error"
	}
	text, err := json.Marshal(map[string]any{"runtime.version": "Lua 5.1", "diagnostics.severity": severity})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// findServer returns what checks a folder with a language server: wrong reports whether it has found errors. It skips the test
// where none is installed.
func findServer(t *testing.T) func(t *testing.T, folder string) (out string, wrong bool) {
	if path, err := exec.LookPath("lua-language-server"); err == nil {
		return func(t *testing.T, folder string) (string, bool) {
			out, err := run(t, path, "--check="+folder, "--checklevel=Error", "--configpath="+filepath.Join(folder, ".luarc.json"),
				"--logpath="+t.TempDir(), "--metapath="+t.TempDir())
			return out, err != nil || !strings.Contains(out, "no problems found") // the status is 0 in some versions
		}
	}
	if path, err := exec.LookPath("emmylua_check"); err == nil {
		return func(t *testing.T, folder string) (string, bool) {
			out, err := run(t, path, folder)
			return out, err != nil
		}
	}
	t.Skip("neither lua-language-server nor emmylua_check is installed")
	return nil
}

// run returns the output of a program. The error is that of its status.
func run(t *testing.T, program string, args ...string) (string, error) {
	out, err := exec.Command(program, args...).CombinedOutput()
	if status := new(exec.ExitError); err != nil && !errors.As(err, &status) {
		t.Fatal(err)
	}
	return string(out), err
}

func globs(t *testing.T, pattern string) []string {
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
