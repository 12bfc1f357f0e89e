-- shows: Zeros of both signs keep them in expressions of numerals, beside each other in one function.
-- proves: lua.arithmetic.zero, lua.arithmetic.constants
-- like: Lua 5.2

local one, zero = 1, 0
local function sign(x) return x == 0 and 1 / x or x end
print(0 * -1 * 1 - (one / 0 + 1), one / 0, one / (0 * -1))
print(sign(0 * -1), sign(0 * 1), sign(0 / -5), sign(-0 + 0), sign(-0 - 0), sign(0 - 0), sign(-(0 * 1)))
print(sign(-3 % 3), sign(3 % -3), sign(0 ^ 1), sign((-0) ^ 3), sign(-(0 ^ 3)), sign(1 / (1 / 0)), sign(-1 / (1 / 0)))
print(one / (1 - 1), one / -(1 - 1), one / (-1 + 1), one / (2 * 0), one / (2 * -0), one / (-2 * 0))
local t = {0 * -1, 0, -0, [10] = 0 * -2, z = 0 / -1}
print(sign(t[1]), sign(t[2]), sign(t[3]), sign(t[10]), sign(t.z))
print(sign(one * 0 * -1), sign(one * (0 * -1)), sign(zero * -1), sign(zero * 1), sign(-zero))
local function f(a) return a * (0 * -1), a * 0, 0 * -1, 0 end
local a, b, c, d = f(1)
print(sign(a), sign(b), sign(c), sign(d))
for i = 0 * -1, 0 do print(sign(i)) end
print(1e308 * 10, -1e308 * 10, 2 ^ 0.5 * 2 ^ 0.5, 0.1 + 0.2 == 0.3, 1 / 3 * 3 == 1, 5 - 3 * 2 + 1)
print(-(-1), - -1, -(-(-1)), 2 - -2)
