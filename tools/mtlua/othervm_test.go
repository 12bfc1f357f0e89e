package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// otherVM is a version of a VM as a program's go.mod might pick it: a copy with something else than what the repairs know.
type otherVM struct {
	name, tag, module string
	change            func(t *testing.T, dir string)
	degraded          bool // some repair must notice
}

var otherVMs = []otherVM{
	{"gopherlua/fields", "mtstates_gopherlua", "github.com/yuin/gopher-lua", renamed("k2i", "currentFrame", "uvcache"), true},
	{"gopherlua/instructions", "mtstates_gopherlua", "github.com/yuin/gopher-lua", func(t *testing.T, dir string) {
		swapLines(t, dir, "opcode.go", "\tOP_MOD /*", "\tOP_POW /*")
	}, false},
	{"golua/fields", "mtstates_golua", "github.com/Shopify/go-lua", renamed("iterationKeys", "upValues", "errorFunction", "savedPC"), true},
	{"golua/instructions", "mtstates_golua", "github.com/Shopify/go-lua", func(t *testing.T, dir string) {
		swapLines(t, dir, "instructions.go", "\topLength\n", "\topConcat\n")
		swapLines(t, dir, "instructions.go", "\topmode(0, 1, opArgR, opArgN, iABC),  // opLength", "\topmode(0, 1, opArgR, opArgR, iABC),  // opConcat")
		swapFunctions(t, dir, "vm.go", "// opLength\n", "// opConcat\n")
	}, true},
}

// TestOtherVMs runs a script with copies of the VMs that are not as the repairs know them: it must do the same, or refuse
// to with a message that says why.
func TestOtherVMs(t *testing.T) {
	want, err := os.ReadFile("testdata/othervm/program.out")
	if err != nil {
		t.Fatal(err)
	}
	for _, vm := range otherVMs {
		t.Run(vm.name, func(t *testing.T) {
			t.Parallel()
			program := buildWith(t, vm)
			out, err := exec.Command(program, "testdata/othervm/program.lua").CombinedOutput()
			if err != nil || string(out) != string(want) {
				t.Errorf("%v, printed\n%s\nwant\n%s", err, out, want)
			}
			version, err := exec.Command(program, "-v").CombinedOutput()
			if err != nil {
				t.Errorf("%v: %s", err, version)
			}
			if degraded := bytes.Count(version, []byte("\n")) > 1; degraded != vm.degraded {
				t.Errorf("-v says\n%s", version)
			}
		})
	}
}

// buildWith builds mtlua with a changed copy of a VM.
func buildWith(t *testing.T, vm otherVM) (program string) {
	t.Helper()
	dir := t.TempDir()
	run := func(args ...string) string {
		command := exec.Command("go", args...)
		command.Dir = filepath.Join("..", "..")
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	source := run("list", "-m", "-f", "{{.Dir}}", vm.module)
	copied := filepath.Join(dir, "vm")
	if err := os.CopyFS(copied, os.DirFS(source)); err != nil {
		t.Fatal(err)
	}
	makeWritable(t, copied)
	vm.change(t, copied)
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "trial"+filepath.Ext(file)), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	modfile := filepath.Join(dir, "trial.mod")
	run("mod", "edit", "-replace", vm.module+"="+copied, modfile)
	program = filepath.Join(dir, "mtlua.exe")
	run("build", "-modfile", modfile, "-tags", vm.tag, "-o", program, "./tools/mtlua")
	return program
}

func makeWritable(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.Chmod(path, 0o755)
		}
		return os.Chmod(path, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// renamed gives names in the copy a "0" at their end.
func renamed(names ...string) func(t *testing.T, dir string) {
	word := regexp.MustCompile(`\b(` + strings.Join(names, "|") + `)\b`)
	return func(t *testing.T, dir string) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			edit(t, file, func(text string) (string, error) { return word.ReplaceAllString(text, "${1}0"), nil })
		}
	}
}

// swapLines exchanges what stands from a to the end of its line with what stands so from b.
func swapLines(t *testing.T, dir, file, a, b string) {
	t.Helper()
	edit(t, filepath.Join(dir, file), func(text string) (string, error) {
		i, j := strings.Index(text, a), strings.Index(text, b)
		if i < 0 || j < i {
			return "", fmt.Errorf("%q and %q are not there", a, b)
		}
		first, second := i+strings.IndexByte(text[i:], '\n')+1, j+strings.IndexByte(text[j:], '\n')+1
		return text[:i] + text[j:second] + text[first:j] + text[i:first] + text[second:], nil
	})
}

// swapFunctions exchanges two function literals that stand behind one another in a list, each with a comment behind its
// opening brace.
func swapFunctions(t *testing.T, dir, file, a, b string) {
	t.Helper()
	edit(t, filepath.Join(dir, file), func(text string) (string, error) {
		const begin = "\t\tfunc(e *engine"
		i, j := strings.Index(text, a), strings.Index(text, b)
		if i < 0 || j < i {
			return "", fmt.Errorf("%q and %q are not there", a, b)
		}
		first, second := strings.LastIndex(text[:i], begin), strings.LastIndex(text[:j], begin)
		end := j + strings.Index(text[j:], begin)
		return text[:first] + text[second:end] + text[first:second] + text[end:], nil
	})
}

func edit(t *testing.T, file string, change func(text string) (string, error)) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := change(string(text))
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(file), err)
	}
	if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}
