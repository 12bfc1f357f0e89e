package conformance

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/gotext"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/spec"
)

//go:embed cases
var files embed.FS

// luaCase is one script below cases.
type luaCase struct {
	path   string // such as mtstates/newstate_name.lua
	shows  string
	proves []string
	needs  []backend.Capability
	// sameVM means that the case moves functions between VMs, so caller and states must be of one backend.
	sameVM bool
	// interruptible means that the states of the case can be interrupted.
	interruptible bool
	// editions are those in which the case runs, none for the default only. In each it is a case of its own, of which edition
	// is that of the modules, "" for the default.
	editions []string
	edition  string
	// maxMemory and maxInstructions mean that the VMs of the case have a limit.
	maxMemory, maxInstructions bool
	// readOnly means that the globals of the states are read-only.
	readOnly bool
	// like is the Lua whose behaviour the case shows where Lua 5.1 and 5.2 differ, as in the profile.
	like   string
	source string
	// want is the expected output, from the file with the extension .out. hasWant reports whether there is one.
	want    string
	hasWant bool
	// variants are the expected outputs of versions of Lua that print something else, by the name of the version, from files
	// with extensions such as .5.2.out.
	variants map[string]string
}

// name is the path, with the edition behind it if the path alone is the name of the case in another one.
func (c *luaCase) name() string {
	if c.edition == "" || len(c.editions) == 1 {
		return c.path
	}
	return c.path + inEdition + c.edition
}

// inEdition is what stands between path and edition in the name of a case.
const inEdition = " edition "

func (c *luaCase) entries() []string { return c.proves }

func (c *luaCase) unfit(target Target) string {
	if c.sameVM && target.mixed() {
		return "functions cannot move between VMs"
	}
	return target.lackOf(c.needs)
}

func (c *luaCase) perform(target Target) (output string, alone bool, err error) {
	output, alone, err = execute(target, c)
	goText := gotext.Find(output)
	switch {
	case err != nil:
	case output == "":
		err = errSilent
	case goText != "":
		err = fmt.Errorf("the script sees the text of a Go run-time error, %q:\n%s", goText, output)
	default:
		err = c.compare(target.Caller.LuaVersion(), output)
	}
	return output, alone, err
}

// chunk is the name under which the case is compiled, so that messages lead to its file.
func (c *luaCase) chunk() string { return "@cases/" + c.path }

// luaCases returns the cases below cases, sorted by path. A faulty header is an error.
func luaCases(fsys fs.FS) ([]*luaCase, error) {
	var cases []*luaCase
	err := fs.WalkDir(fsys, "cases", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Dir(name) == "cases" {
			return err
		}
		if path.Ext(name) == ".out" {
			return hasCase(fsys, name)
		}
		c, err := readCase(fsys, name)
		cases = append(cases, c.inEditions()...)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("there are no cases")
	}
	slices.SortFunc(cases, func(a, b *luaCase) int { return strings.Compare(a.name(), b.name()) })
	return cases, nil
}

// inEditions returns the case in each edition in which it runs.
func (c *luaCase) inEditions() []*luaCase {
	if c == nil || len(c.editions) == 0 {
		return []*luaCase{c}
	}
	cases := make([]*luaCase, len(c.editions))
	for i, edition := range c.editions {
		in := *c
		if edition != mtstates.Editions()[0] {
			in.edition = edition
		}
		cases[i] = &in
	}
	return cases
}

// versions are those of Lua whose expected output may be in a file of its own, with what its name has before ".out".
var versions = map[string]string{"Lua 5.1": ".5.1", "Lua 5.2": ".5.2", "Lua 5.4": ".5.4"}

// hasCase returns an error if the case of an expected output is missing.
func hasCase(fsys fs.FS, output string) error {
	name := strings.TrimSuffix(output, ".out")
	for _, part := range versions {
		name = strings.TrimSuffix(name, part)
	}
	if _, err := fs.Stat(fsys, name+".lua"); err != nil {
		return fmt.Errorf("%s: there is no case of the name", output)
	}
	return nil
}

// readCase reads the file of a case and its expected output.
func readCase(fsys fs.FS, name string) (*luaCase, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	c, err := parseCase(strings.TrimPrefix(name, "cases/"), string(text))
	if err != nil {
		return nil, err
	}
	name = strings.TrimSuffix(name, ".lua")
	want, err := fs.ReadFile(fsys, name+".out")
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	c.want, c.hasWant = string(want), true
	for version, part := range versions {
		want, err := fs.ReadFile(fsys, name+part+".out")
		if err == nil {
			if c.variants == nil {
				c.variants = map[string]string{}
			}
			c.variants[version] = string(want)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
	}
	return c, err
}

// wantOf returns the expected output for a version of Lua.
func (c *luaCase) wantOf(version string) string {
	if want, ok := c.variants[version]; ok {
		return want
	}
	return c.want
}

// parseCase reads the header, the comment lines at the top: "-- shows: sentence", "-- proves: id, id",
// "-- needs: capability, capability", "-- same VM: reason", "-- like: Lua 5.2",
// "-- with: interrupt", "-- edition: seed, 0.4".
func parseCase(name, source string) (*luaCase, error) {
	c := &luaCase{path: name, source: source}
	lines := bufio.NewScanner(strings.NewReader(source))
	for number := 1; lines.Scan(); number++ {
		text, isComment := strings.CutPrefix(lines.Text(), "-- ")
		if !isComment {
			break
		}
		key, value, ok := strings.Cut(text, ": ")
		if !ok {
			return nil, fmt.Errorf("cases/%s:%d: header line without a key", name, number)
		}
		if err := c.setHeader(key, value); err != nil {
			return nil, fmt.Errorf("cases/%s:%d: %w", name, number, err)
		}
	}
	if c.shows == "" || len(c.proves) == 0 {
		return nil, fmt.Errorf("cases/%s:1: the header needs shows and proves", name)
	}
	return c, lines.Err()
}

func (c *luaCase) setHeader(key, value string) error {
	switch key {
	case "shows":
		c.shows = value
	case "proves":
		c.proves = append(c.proves, strings.Split(value, ", ")...)
	case "needs":
		for name := range strings.SplitSeq(value, ", ") {
			capability, ok := backend.CapabilityNamed(name)
			if !ok {
				return fmt.Errorf("unknown capability %q", name)
			}
			c.needs = append(c.needs, capability)
		}
	case "same VM":
		c.sameVM = true
	case "with":
		option, ok := map[string]*bool{"interrupt": &c.interruptible, "memory": &c.maxMemory, "instructions": &c.maxInstructions, "readonly": &c.readOnly}[value]
		if !ok {
			return fmt.Errorf("unknown option %q", value)
		}
		*option = true
	case "edition":
		c.editions = strings.Split(value, ", ")
		for _, name := range c.editions {
			if !slices.Contains(mtstates.Editions(), name) {
				return fmt.Errorf("unknown edition %q", name)
			}
		}
	case "like":
		if !slices.Contains(spec.Likes, value) {
			return fmt.Errorf("like %q: want one of %s", value, strings.Join(spec.Likes, ", "))
		}
		c.like = value
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}
