package program

import (
	"strconv"
)

func (g *generator) literal() *Node {
	return Leaf(String, g.pick(`"a"`, `""`, `"abc"`, `'hello world'`, `"10"`, `"x=1, y=22"`, `"A.b-c"`, `"  trim  "`, `([[long]])`,
		`"\97\n\t"`, `"\\\"q\""`, `"%d+"`, `"caf\195\169"`, `"0x10"`, `"one;two;;four"`, `"[f(a(b)c)d]"`, `"1e1"`, `"aaa"`, `"THE (quick) fox"`))
}

func (g *generator) str() *Node {
	if g.deep() {
		return g.literal()
	}
	defer g.deepen()()
	return g.choose(
		weighted{4, g.literal},
		weighted{3, func() *Node { return g.variableOr(String, g.literal) }},
		weighted{3, g.concatenation},
		weighted{1, func() *Node {
			return primaryForm(String, "tostring($)", g.textual(g.oneOf(Number, Boolean, String)))
		}},
		weighted{2, g.format},
		weighted{2, func() *Node { return primaryForm(String, "@:sub($)", g.str(), g.positions()) }},
		weighted{1, func() *Node { return primaryForm(String, "@:"+g.pick("upper", "lower", "reverse")+"()", g.str()) }},
		weighted{1, func() *Node {
			return primaryForm(String, "@:rep($)", g.str(), Leaf(Integer, strconv.Itoa(g.choices.IntN(5)-1)))
		}},
		weighted{2, func() *Node { return form(String, "(@:gsub($, $))", g.str(), g.pattern(), g.replacement()) }},
		weighted{1, func() *Node { return form(String, "(@:match($) or $)", g.str(), g.textPattern(), g.literal()) }},
		weighted{1, func() *Node { return primaryForm(String, "type($)", g.any()) }},
		weighted{1, func() *Node {
			return primaryForm(String, "table.concat("+g.pick("texts", "numbers")+"($), $)", g.table(), g.literal())
		}},
		weighted{1, func() *Node { return primaryForm(String, "string.char($)", list(", ", g.byteValue(), g.byteValue())) }},
	)
}

func (g *generator) byteValue() *Node { return Leaf(Integer, strconv.Itoa(1+g.choices.IntN(255))) }

// positions writes one or two positions in a string.
func (g *generator) positions() *Node {
	l := list(", ", g.integer())
	if g.oneIn(2) {
		l.Parts = append(l.Parts, g.integer())
	}
	return l
}

// concatenation writes a chain of ".." without parentheses.
func (g *generator) concatenation() *Node {
	text := "($"
	parts := []*Node{g.str()}
	for range 1 + g.choices.IntN(3) {
		text += " .. $"
		parts = append(parts, g.textual(g.oneOf(String, Integer, Number)))
	}
	return form(String, text+")", parts...)
}

// format writes a call of string.format with one or two options.
func (g *generator) format() *Node {
	text, arguments := "", list(", ")
	for range 1 + g.choices.IntN(2) {
		option, kind := g.formatOption()
		text += g.pick("", " ", "[", "%%") + option
		if option == "%c" {
			arguments.Parts = append(arguments.Parts, g.byteValue()) // not 0, which ends a text for %s
		} else {
			arguments.Parts = append(arguments.Parts, g.textual(kind))
		}
	}
	return primaryForm(String, "string.format($, $)", Leaf(String, strconv.Quote(text)), arguments)
}

func (g *generator) formatOption() (option string, kind Kind) {
	flags := g.pick("", "", "-", "+", " ", "0") + g.pick("", "", "5", "12")
	switch g.choices.IntN(5) {
	case 0:
		return "%" + flags + g.pick("", ".3") + g.pick("d", "i"), Integer
	case 1:
		return "%" + flags + g.pick("", ".0", ".3") + g.pick("f", "g", "e", "G", "E"), Number
	case 2:
		return "%q", String
	case 3:
		return "%" + g.pick("", "-10", "10", ".2", "5.1") + "s", String
	}
	return "%c", Integer
}

// patternItems are parts of patterns. Each stands on its own.
var patternItems = []string{"a", "%a", "%d", ".", "%s", "[a-c]", "[^%s]", "%w", "%p", "%u", "%l", "%.", "[%a_]", "%x", "b",
	"[]a]", "[^%d]", "[a%-]", "%c", "%S", "o", " "}

// pattern writes the literal of a pattern.
func (g *generator) pattern() *Node {
	text := g.pick("", "", "", "^")
	for range 1 + g.choices.IntN(3) {
		item := patternItems[g.choices.IntN(len(patternItems))] + g.pick("", "", "+", "*", "-", "?")
		switch g.choices.IntN(8) {
		case 0:
			item = "(" + item + ")"
		case 1:
			item = "()" + item
		case 2:
			item += g.pick("%b()", "%b[]", "(%a)%1", "%f[%w]", "(a*(.)%w(%s*))")
		}
		text += item
	}
	if g.oneIn(5) {
		text += "$"
	}
	if g.oneIn(40) {
		text += g.pick("%", "[", "(", "%1", ")", "[a", "%f", "%b", "[%", "%b(")
	}
	return Leaf(String, strconv.Quote(text))
}

// textPattern writes a pattern without captures of positions, so that its first result is a text.
func (g *generator) textPattern() *Node {
	return Leaf(String, g.pick(`"%a+"`, `"%d+"`, `"^%s*(.-)%s*$"`, `"(%w+)=(%w+)"`, `"[^;]*"`, `"%b()"`, `"(.)%1"`, `"^."`, `".$"`, `"%f[%w]%w+"`))
}

// replacement writes what gsub puts in the place of a match.
func (g *generator) replacement() *Node {
	switch g.choices.IntN(4) {
	case 0:
		return g.table()
	case 1:
		return g.function()
	}
	return Leaf(String, g.pick(`""`, `"-"`, `"<%0>"`, `"%%"`, `"%1"`, `"%1%1"`, `"%2"`, `"%9"`, `"[%0%1]"`, `"%a"`))
}
