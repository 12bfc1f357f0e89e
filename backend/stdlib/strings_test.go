package stdlib_test

import "testing"

func TestStrings(t *testing.T) {
	runPrintCases(t, []printCase{
		{"bytes", `print(("aÄ\200z"):upper() == "AÄ\200Z", ("AÄ\200Z"):lower() == "aÄ\200z", ("a\200\0b"):reverse() == "b\0\200a", ("\255"):byte(), #string.char(0, 255))`, "true\ttrue\ttrue\t255\t2\n"},
		{"sub", `print(("abc"):sub(2, math.huge), ("abc"):sub(-math.huge, 2), ("abc"):sub(2.9), ("abc"):sub(0), ("abc"):sub(5) == "", ("abc"):sub(-2, -2))`, "bc\tab\tbc\tabc\ttrue\tb\n"},
		{"byte", `print(("abc"):byte(0), ("abc"):byte(10)) print(("abc"):byte(1, -1)) print(("abc"):byte(-9, 9)) print(select("#", ("abc"):byte(-9)))`, "nil\n97\t98\t99\n97\t98\t99\n0\n"},
		{"numbers", `print(string.len(12.5), string.rep(1, 3), string.find(123, 2))`, "4\t111\t2\t2\n"},
		{"gmatch state", `local next = ("abc"):gmatch("%w") print(next(), next(), next(), next(), next())`, "a\tb\tc\tnil\n"},
		{"gsub values", `print(pcall(string.gsub, "x", "x", {x = true})) print(("x"):gsub("x", {x = 1.5})) print(pcall(string.gsub, "x", "x", function() error("m", 0) end)) print(("abc"):gsub("b", "%%%0", -1))`, "false\tinvalid replacement value (a boolean)\n1.5\t1\nfalse\tm\nabc\t0\n"},
		{"gsub nested", `print((("a b"):gsub("%w", function(c) return (("x"):gsub("x", c:upper())) end)))`, "A B\n"},
		{"format zeros", `print(#("%s|%5s|"):format("a\0b", "\0"), ("%c"):format(0) == "\0", ("%5.1s|"):format("abc"))`, "10\ttrue\t    a|\n"},
		{"format nan", `print(("%f %d"):format(0/0, 3), ("%5.1f|%-5g|%05g"):format(0/0, 1/0, -1/0), pcall(string.format, "%d", 0/0))`, "nan 3\t  nan|inf  | -inf\tfalse\tbad argument #2 to 'format' (not a number in proper range)\n"},
		{"format tostring", `print(("%s %10s|%.1s"):format(setmetatable({}, {__tostring = function() return "me" end}), nil, true))`, "me        nil|t\n"},
		{"format tostring number", `print(("%s"):format(setmetatable({}, {__tostring = function() return 1 end})))`, "1\n"},
		{"format tostring fails", `print((pcall(string.format, "%s", setmetatable({}, {__tostring = function() return {} end}))))`, "false\n"},
	})
}

func TestMessages(t *testing.T) {
	for _, c := range []printCase{
		{"rep", `string.rep()`, "bad argument #1 to 'rep' (string expected, got no value)"},
		{"sub", `string.sub("x", {})`, "bad argument #2 to 'sub' (number expected, got table)"},
		{"char", `string.char(1, 256)`, "bad argument #2 to 'char' (value out of range)"},
		{"format", `string.format("%d", "x")`, "bad argument #2 to 'format' (number expected, got string)"},
		{"format missing", `string.format("%d")`, "bad argument #2 to 'format' (no value)"},
		{"format verb", `string.format("%y", 1)`, "invalid option '%y' to 'format'"},
		{"format flags", `string.format("%------d", 1)`, "invalid format (repeated flags)"},
		{"format width", `string.format("%123d", 1)`, "invalid format (width or precision too long)"},
		{"format precision", `string.format("%.123d", 1)`, "invalid format (width or precision too long)"},
		{"format unsigned", `string.format("%x", -1)`, "bad argument #2 to 'format' (not a non-negative number in proper range)"},
		{"gsub", `string.gsub("x", "x")`, "bad argument #3 to 'gsub' (string/function/table expected)"},
		{"gsub capture", `string.gsub("x", "x", "%2")`, "invalid capture index"},
		{"gsub percent", `string.gsub("x", "x", "%")`, "invalid use of '%' in replacement string"},
		{"pattern", `string.find("x", "[x")`, "malformed pattern (missing ']')"},
		{"concat", `table.concat({1, {}})`, "invalid value (table) at index 2 in table for 'concat'"},
		{"insert", `table.insert({}, 5, 1)`, "bad argument #2 to 'insert' (position out of bounds)"},
		{"insert count", `table.insert({}, 1, 2, 3)`, "wrong number of arguments to 'insert'"},
		{"unpack", `unpack(nil)`, "bad argument #1 to 'unpack' (table expected, got nil)"},
		{"sort", `table.sort({1, "x"})`, "attempt to compare string with number"},
		{"sort function", `table.sort({}, 1)`, "bad argument #2 to 'sort' (function expected, got number)"},
		{"random", `math.random(0)`, "bad argument #1 to 'random' (interval is empty)"},
		{"floor", `math.floor("x")`, "bad argument #1 to 'floor' (number expected, got string)"},
		{"rawlen", `rawlen(1)`, "bad argument #1 to 'rawlen' (table or string expected)"},
		{"exit", `os.exit(1)`, "os.exit is not available in this state"},
		{"locale", `os.setlocale("C", "x")`, "bad argument #2 to 'setlocale' (invalid option 'x')"},
		{"open", `io.open("x", "rw")`, "bad argument #2 to 'open' (invalid mode)"},
		{"file", `io.stdout.read(1)`, "bad argument #1 to 'read' (FILE* expected, got number)"},
		{"lines", `io.lines("/there/is/none")`, "cannot open file '/there/is/none' (No such file or directory)"},
		{"seek", `io.tmpfile():seek("set", 1.5)`, "bad argument #2 to 'seek' (not an integer in proper range)"},
		{"read", `io.tmpfile():read("*x")`, "bad argument #1 to 'read' (invalid format)"},
		{"write", `io.write({})`, "bad argument #1 to 'write' (string expected, got table)"},
	} {
		for _, b := range backends {
			source := "print(select(2, pcall(function() " + c.source + " return end)))"
			if got, want := printed(t, b, source), "test:1: "+c.want+"\n"; got != want {
				t.Errorf("%s: %s: %q, want %q", b.Name(), c.name, got, want)
			}
		}
	}
}
