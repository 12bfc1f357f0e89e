-- shows: Functions call themselves and each other.
-- proves: lua.calls.recursion

local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
print(fact(10), fact(20))
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(20))
local even, odd
function even(n) return n == 0 or odd(n - 1) end
function odd(n) return n ~= 0 and even(n - 1) end
print(even(101), odd(101))
print((function(f, ...) return f(f, ...) end)(function(f, n) return n == 0 and "end" or f(f, n - 1) end, 10))
