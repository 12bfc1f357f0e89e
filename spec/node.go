package spec

import (
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// reader walks the nodes of one file and collects problems.
type reader struct {
	file     string
	problems *Problems
}

// entry is one "name: node" of a mapping.
type entry struct {
	Pos
	name string
	node *yaml.Node
}

// object is a mapping with known keys.
type object struct {
	*reader
	Pos
	what   string // how messages call it, such as "operation Top"
	fields map[string]*yaml.Node
	broken bool // it is not a mapping, so that nothing can be missing in it
}

func (r *reader) at(n *yaml.Node) Pos { return Pos{r.file, n.Line, n.Column} }

var kindNames = map[yaml.Kind]string{
	yaml.MappingNode:  "a mapping",
	yaml.SequenceNode: "a list",
	yaml.ScalarNode:   "text",
}

// is reports whether n is of a kind. If not, that is a problem.
func (r *reader) is(n *yaml.Node, kind yaml.Kind, what string) bool {
	got := kindNames[n.Kind]
	if isNull(n) {
		got = "nothing"
	}
	if n.Kind == kind && !isNull(n) {
		return true
	}
	r.problems.add(r.at(n), "%s: want %s, got %s", what, kindNames[kind], got)
	return false
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// entries returns the pairs of a mapping in order; kind is what a name stands for. A second pair of one name is a
// problem and left out.
func (r *reader) entries(n *yaml.Node, what, kind string) []entry {
	if !r.is(n, yaml.MappingNode, what) {
		return nil
	}
	var all []entry
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := resolve(n.Content[i])
		if !r.is(key, yaml.ScalarNode, what+": name of "+kind) {
			continue
		}
		if seen[key.Value] {
			r.problems.add(r.at(key), "%s: duplicate %s %s", what, kind, key.Value)
			continue
		}
		seen[key.Value] = true
		all = append(all, entry{r.at(key), key.Value, resolve(n.Content[i+1])})
	}
	return all
}

// object reads a mapping with known keys. For anything else it reports a problem and returns an empty object; at is the
// place of problems about missing keys.
func (r *reader) object(at Pos, n *yaml.Node, what string, known ...string) object {
	o := object{r, at, what, map[string]*yaml.Node{}, n.Kind != yaml.MappingNode}
	for _, e := range r.entries(n, what, "key") {
		if !slices.Contains(known, e.name) {
			r.problems.add(e.Pos, "%s: unknown key %s", what, e.name)
			continue
		}
		o.fields[e.name] = e.node
	}
	return o
}

// pos returns the place of the value of a key, or that of the object.
func (o object) pos(key string) Pos {
	if n, ok := o.fields[key]; ok {
		return o.at(n)
	}
	return o.Pos
}

// require reports keys that are missing.
func (o object) require(keys ...string) {
	for _, key := range keys {
		if _, ok := o.fields[key]; !ok && !o.broken {
			o.problems.add(o.Pos, "%s: missing %s", o.what, key)
		}
	}
}

// text returns a text that is required.
func (o object) text(key string) string {
	o.require(key)
	return o.optionalText(key)
}

// isUnprintable reports whether a character cannot stand in generated comments.
func isUnprintable(r rune) bool {
	return r == '\ufeff' || unicode.IsControl(r) && r != '\n' && r != '\t'
}

// optionalText returns a text that may be absent; it is empty then.
func (o object) optionalText(key string) string {
	n, ok := o.fields[key]
	if !ok || !o.is(n, yaml.ScalarNode, o.what+": "+key) {
		return ""
	}
	value := strings.TrimSpace(n.Value)
	if value == "" {
		o.problems.add(o.at(n), "%s: empty %s", o.what, key)
	}
	if strings.ContainsFunc(value, isUnprintable) {
		o.problems.add(o.at(n), "%s: %s has a character that cannot be printed", o.what, key)
	}
	return value
}

// flag returns true or false, false if the key is absent.
func (o object) flag(key string) bool {
	n, ok := o.fields[key]
	if !ok {
		return false
	}
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
		o.problems.add(o.at(n), "%s: %s must be true or false", o.what, key)
		return false
	}
	return n.Value == "true"
}

// list returns the nodes of a list that may be absent.
func (o object) list(key string) []*yaml.Node {
	n, ok := o.fields[key]
	if !ok || !o.is(n, yaml.SequenceNode, o.what+": "+key) {
		return nil
	}
	items := make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		items[i] = resolve(item)
	}
	return items
}

// texts returns a list of texts that may be absent; the entries have names and no nodes.
func (o object) texts(key string) []entry {
	var all []entry
	for _, n := range o.list(key) {
		if o.is(n, yaml.ScalarNode, o.what+": "+key) {
			all = append(all, entry{Pos: o.at(n), name: n.Value})
		}
	}
	return all
}

// named returns the pairs of a mapping that may be absent.
func (o object) named(key, kind string) []entry {
	n, ok := o.fields[key]
	if !ok {
		return nil
	}
	return o.entries(n, o.what+": "+key, kind)
}
