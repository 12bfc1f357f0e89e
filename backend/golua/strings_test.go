package golua

import "testing"

func TestStrings(t *testing.T) {
	runPrintCases(t, []printCase{
		{"methods", `print(("x"):rep(3), ("aÄ\200z"):upper() == "AÄ\200Z", ("AÄ\200Z"):lower() == "aÄ\200z", ("a\200\0b"):reverse() == "b\0\200a", ("abc"):sub(-2), #("x"):rep(0))`, "xxx\ttrue\ttrue\ttrue\tbc\t0\n"},
		{"rep separator", `print(("ab"):rep(3, ","), ("ab"):rep(1, ","), (""):rep(5) == "", (""):rep(2, "-"))`, "ab,ab,ab\tab\ttrue\t-\n"},
		{"rep too long", `print(pcall(string.rep, "x", 2^40)); print(pcall(string.rep, "x", 1e300)); print(pcall(string.rep, "xx", 2^28)); print(pcall(string.rep, "", 5, ("x"):rep(2^27)))`, "false\tnot enough memory\nfalse\tnot enough memory\nfalse\tnot enough memory\nfalse\tnot enough memory\n"},
		{"rep of nothing", `print(#(""):rep(2^50))`, "0\n"},
		{"concat", `print(table.concat({1, 2.5, "x"}, ", "), table.concat({}), table.concat({1, 2, 3}, "-", 2, 3)); print(pcall(table.concat, {1, {}}))`, "1, 2.5, x\t\t2-3\nfalse\tinvalid value (table) at index 2 in table for 'concat'\n"},
		{"format", `print(("%d %s %5.1f %q %x"):format(3, "x", 2.25, "a\nb", 255))`, "3 x   2.2 \"a\\\nb\" ff\n"},
	})
}

func TestPatterns(t *testing.T) {
	runPrintCases(t, []printCase{
		{"find", `print(("hello world"):find("o w")); print(("hello"):find("l+")); print(("a.b"):find(".", 1, true)); print(("a.b"):find("%.")); print(("x"):find("y")); print(("abc"):find("b", -2)); print(("abc"):find("", 10)); print(("abc"):find("")); print(("abc"):find("", 4))`, "5\t7\n3\t4\n2\t2\n2\t2\nnil\n2\t2\nnil\n1\t0\n4\t3\n"},
		{"find captures", `print(("key = value"):find("(%w+)%s*=%s*(%w+)")); print(("abc"):find("()b()"))`, "1\t11\tkey\tvalue\n2\t2\t2\t3\n"},
		{"find init", `print(("aXbX"):find("X", 3, true), (("aXbX"):find("^b", 3)), ("x"):find("x", -5))`, "4\t3\t1\t1\n"},
		{"match", `print(("2024-05-06"):match("(%d+)-(%d+)-(%d+)")); print(("  trim  "):match("^%s*(.-)%s*$") .. "|"); print(("abc"):match("z")); print(("abc"):match("()c")); print(("f(a(b)c)"):match("%b()")); print(("abab"):match("(ab)%1")); print(("abc"):match(".", 3), ("abc"):match("x*", 4))`, "2024\t05\t06\ntrim|\nnil\n3\n(a(b)c)\nab\nc\t\n"},
		{"gmatch", `for w in ("one two"):gmatch("%a+") do print(w) end for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, v) end for p in ("ab"):gmatch("()") do io.write("") print(p) end`, "one\ntwo\na\t1\nb\t2\n1\n2\n3\n"},
		{"gmatch anchor", `local n = 0 for _ in ("^a^a"):gmatch("^a") do n = n + 1 end print(n)`, "2\n"},
		{"gsub string", `print(("hello"):gsub("l", "L")); print(("hello"):gsub("(h)(e)", "%2%1%0%%")); print(("abc"):gsub("%w", "<%1>")); print(("abc"):gsub("", "-")); print(("hello"):gsub("l", "L", 1)); print(("x"):gsub("x", "y", 0)); print(("abc"):gsub("^a", "")); print(("a b"):gsub("%s", 1))`, "heLLo\t2\nehhe%llo\t1\n<a><b><c>\t3\n-a-b-c-\t4\nheLlo\t1\nx\t0\nbc\t1\na1b\t1\n"},
		{"gsub table", `print(("$a $b"):gsub("%$(%w)", {a = 1})); print(("ab"):gsub("()", setmetatable({}, {__index = function(t, k) return "<" .. k .. ">" end})))`, "1 $b\t2\n<1>a<2>b<3>\t3\n"},
		{"gsub function", `print(("abc"):gsub("%w", function(c) if c ~= "b" then return c:upper() end end)); print(("k=v"):gsub("(%w)=(%w)", function(a, b) return b .. "=" .. a end))`, "AbC\t3\nv=k\t1\n"},
		{"gsub errors", `print(pcall(string.gsub, "x", "x", {x = {}})); print(pcall(string.gsub, "x", "x", "%2")); print(pcall(string.gsub, "x", "x", "%a")); print(pcall(string.gsub, "x", "x")); print(pcall(string.gsub, "x", "x", function() error("m", 0) end))`, "false\tinvalid replacement value (a table)\nfalse\tinvalid capture index\nfalse\tinvalid use of '%' in replacement string\nfalse\tbad argument #3 to 'gsub' (string/function/table expected)\nfalse\tm\n"},
		{"malformed", `for _, p in ipairs({"[a", "(a", "a)", "%", "%b", "[]", "(", "%1", "[%"}) do local ok, e = pcall(string.match, "a", p) print(ok, ok or type(e)) end`, "false\tstring\nfalse\tstring\nfalse\tstring\nfalse\tstring\nfalse\tstring\nfalse\tstring\nfalse\tstring\nfalse\tstring\nfalse\tstring\n"},
		{"sets", `print(("x-y_z"):match("[%w_-]+"), ("abc"):match("[^b]+"), ("a]b"):match("[]]"), ("f00"):match("%x+"))`, "x-y_z\ta\t]\tf00\n"},
		{"zeros and bytes", `print(#("a\0b"):match("a.b"), ("\200\201"):find("\201"))`, "3\t2\t2\n"},
	})
}
