-- Measures the C module with the scripts of the Go benchmarks (mtstates/bench_call_test.go).
local mtstates = require("mtstates")
local count = tonumber((...))

local function measure(name, repeats, setup, body)
    local loop = assert((loadstring or load)(
        "local s, n, call = ... local pcall = pcall " ..
        "local kib, mib = ('x'):rep(2 ^ 10), ('x'):rep(2 ^ 20) " ..
        "for i = 1, n do " .. body .. " end"))
    local s = mtstates.newstate(setup)
    local fastest = math.huge
    local round = math.max(1, math.floor(repeats / 20))
    for _ = 1, 20 do
        local start = os.clock()
        loop(s, round, s.call)
        fastest = math.min(fastest, (os.clock() - start) / round)
    end
    print(("%s %.1f"):format(name, math.max(fastest * 1e9, 0.1)))
end

measure("Call/empty", count, "return function() end", "s:call()")
measure("Call/number", count, "return function(i) return i end", "s:call(i)")
measure("Call/mixed8", count, "return function(...) return ... end", "s:call(i, 'two', true, nil, 5.5, 'six', false, 8)")
measure("Call/string1KiB", count, "return function(x) return x end", "s:call(kib)")
measure("Call/string1MiB", count / 100, "return function(x) return x end", "s:call(mib)")
measure("Call/error", count / 10, "return function() error('no') end", "pcall(call, s)")
