package conformance

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// stringsCase lets a state make strings beyond the limit in every possible way. The state goes on working.
var stringsCase = goCase{"go/strings", []string{"fault.huge_strings", "mtstates.error.out_of_memory", "call.usable"}, func(t *recorder, target Target) {
	const limit = 1 << 20
	states := hosttest.New(t, target.Callee, mtstates.WithMaxString(limit)).States
	st, _, err := states.NewState(context.Background(), `
		local mtstates = require "mtstates"
		local half = ("x"):rep(2^19)
		local most = half .. half
		local echo = mtstates.newstate(function() return function(text) error(text, 0) end end)
		-- failure returns an error whose details are those bytes and the name of the state
		local function failure(bytes) return select(2, pcall(echo.call, echo, most:sub(1, bytes))) end
		local ways = {
			rep = function() return ("x"):rep(2^40) end,
			["rep with separator"] = function() return ("x"):rep(2^19, "yz") end,
			["rep of much"] = function() return half:rep(3) end,
			concatenation = function() return half .. half .. "y" end,
			doubling = function() local s = "x" while true do s = s .. s end end,
			["table.concat"] = function() return table.concat({ half, half, half }) end,
			["table.concat with separator"] = function() return table.concat({ "", "", "", "" }, half) end,
			gsub = function() return (half:gsub("x", "yyy")) end,
			["gsub with function"] = function() return (half:gsub("x", function() return "yyyy" end)) end,
			format = function() return ("%s%s%s"):format(half, half, half) end,
			["error .. error"] = function() local e = failure(2^19) return e .. e end,
			["error .. string"] = function() return failure(2^19) .. half end,
			["string .. error"] = function() return half .. failure(2^19) end,
			["doubling errors"] = function() local text = "x" while true do local e = failure(#text) text = e .. e end end,
			["message of an error"] = function() return failure(2^20 - 1):message() end,
			["details of an error"] = function() return failure(2^20 - 1):details() end,
			["text of an error"] = function() return tostring(failure(2^20 - 1)) end,
			["method of an error"] = function() return failure(2^20 - 1):upper() end,
			["arguments of a method of an error"] = function() local e = failure(2^19) return e:find(e, 1, true) end,
			["error as string"] = function() return string.rep(failure(2^20 - 1), 1) end,
			["errors in table.concat"] = function() local e = failure(2^19) return table.concat { e, e } end,
			["error in format"] = function() return ("%s"):format(failure(2^20 - 1)) end,
			["error in io.write"] = function() return io.write(failure(2^20 - 1)) end,
			["position of an error"] = function() error(most) end,
			["position of an assertion"] = function() assert(false, most) end,
			["debug.traceback"] = function() return debug.traceback(most) end,
			["package.searchpath"] = function() return select(2, package.searchpath(half, "?;?")) end,
			["package.searchpath, file"] = function() return package.searchpath(half, ("?"):rep(2^19)) end,
			["package.searchpath, mark"] = function() return package.searchpath(half, "?", "x", half) end,
			require = function() package.path = "?;?" return require(half) end,
			["package.path"] = function() package.path = half .. ("?"):rep(1000) return require(("x"):rep(1000)) end,
		}
		return function(way, caught)
			if way == "names" then
				local names = {}
				for name in pairs(ways) do names[#names + 1] = name end
				table.sort(names)
				return (unpack or table.unpack)(names)
			elseif caught then
				return pcall(ways[way])
			elseif way then
				return #ways[way]()
			end
			return #(half .. half)
		end`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := st.TryCall(context.Background(), "names")
	if err != nil || len(names) < 30 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if results, err := st.TryCall(context.Background(), name); !errors.Is(err, mtstates.ErrOutOfMemory) {
			t.Errorf("%s: %v %v", name, results, err)
		}
		results, err := st.TryCall(context.Background(), name, true)
		if err != nil || results[0] != false || !strings.HasSuffix(fmt.Sprint(results[1]), "not enough memory") {
			t.Errorf("%s, caught: %v %v", name, results, err)
		}
		if results, err := st.TryCall(context.Background()); err != nil || results[0] != float64(limit) {
			t.Errorf("after %s: %v %v", name, results, err)
		}
	}
}}

// textsCase passes a string as long as the limit to everything that quotes names and arguments. No text is longer than
// the limit.
var textsCase = goCase{"go/texts", []string{"fault.huge_strings"}, func(t *recorder, target Target) {
	const limit = 256 << 10
	states := hosttest.New(t, target.Callee, mtstates.WithMaxString(limit)).States
	st, _, err := states.NewState(context.Background(), `
		local mtstates, mtmsg, llthreads2 = require "mtstates", require "mtmsg", require "llthreads2"
		return function(limit, char)
			local most, name, found = char:rep(limit), ("n"):rep(limit / 8), ""
			local function check(where, ...)
				for i = 1, select("#", ...) do
					local texts = { (select(i, ...)) }
					if type(texts[1]) == "userdata" then
						local object = texts[1]
						texts = { (select(2, pcall(tostring, object))) }
						for _, method in ipairs { "message", "details", "traceback" } do
							if mtstates.type(object):find("error", 1, true) then
								local ok, text = pcall(object[method], object)
								texts[#texts + 1] = text
							end
						end
					end
					for _, text in pairs(texts) do
						if type(text) == "string" and #text > limit then
							found = found .. where .. ": " .. #text - limit .. "\n"
						end
					end
				end
			end
			local function try(where, f, ...) check(where, pcall(f, ...)) end
			try("state", mtstates.newstate, most, "return function(text, level) error(text, level) end")
			local state = mtstates.state(most)
			try("state again", mtstates.newstate, most, "return print")
			try("call", state.call, state, most, 0)
			try("call with position", state.call, state, most)
			try("state error", state.call, state, "x")
			try("setup", mtstates.newstate, "error(...)", most)
			state:close()
			try("closed state", state.call, state)
			check("state closed", state)
			try("no state", mtstates.state, most)
			local buffer, listener = mtmsg.newbuffer(most), mtmsg.newlistener(most)
			check("buffer", buffer, listener)
			mtmsg.newbuffer(most)
			try("two buffers", mtmsg.buffer, most)
			try("no buffer", mtmsg.buffer, most .. "")
			try("notifier", buffer.notifier, buffer, buffer, most)
			buffer:close() listener:close()
			try("closed buffer", buffer.addmsg, buffer, 1)
			try("closed listener", listener.nextmsg, listener)
			llthreads2.set_logger(function() end)
			check("thread", llthreads2.new("error(...)", most):start():join())
			check("thread with state", llthreads2.new("require('mtstates').newstate('error(..., 0)', ...)", most):start():join())
			for _, f in ipairs { io.open, io.lines, io.input, os.remove, os.setlocale, require, loadfile, dofile, collectgarbage, load } do
				try("one argument", f, most)
				try("two arguments", f, most, most)
			end
			_G[most] = 1
			if module then try("module", module, most) end
			_G[most] = nil
			try("rename", os.rename, most, most)
			try("locale", os.setlocale, "C", most)
			try("seek", io.stderr.seek, io.stderr, most)
			try("setvbuf", io.stderr.setvbuf, io.stderr, most)
			try("mode", load, "return 1", "=c", most)
			try("info", debug.getinfo, 1, most)
			try("error", error, most, 2)
			for _, code in ipairs {
				"N()", "N.N()", "local N N()", "local t = {} t.N()", "local t = {} t:N()", "return N + 1", "return #N", "N.N = 1",
				"local function N() error('x') end N()", "function N() error('x') end local function f() N() end f()",
				"N N", "return 'N", "goto N", "return N..", "N:", "local N return function() return N end", "for N in", "return 0xN",
			} do
				local code = code:gsub("N", name)
				local f, problem = load(code)
				check("load", problem)
				if f then
					try("run", f)
					check("traceback", xpcall(f, debug.traceback))
					local ok, result = pcall(f)
					if type(result) == "function" then try("upvalue", mtstates.newstate, result) end
				end
				try("setup with name", mtstates.newstate, code .. " return print")
			end
			return found
		end`)
	if err != nil {
		t.Fatal(err)
	}
	for _, char := range []string{"x", "\x00", "."} {
		results, err := st.TryCall(context.Background(), limit, char)
		equal(t, fmt.Sprint(results, err), "[] <nil>")
	}
}}
