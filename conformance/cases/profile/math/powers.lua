-- shows: Roots, powers, exponentials and logarithms.
-- proves: math.sqrt, math.pow, math.exp, math.log, math.frexp, math.ldexp

print("sqrt", math.sqrt(16), ("%.6f"):format(math.sqrt(2)))
print("sqrt of negative", math.sqrt(-1) ~= math.sqrt(-1))
print("pow", math.pow(2, 10), math.pow(4, 0.5), math.pow(2, -1))
print("exp", math.exp(0), ("%.6f"):format(math.exp(1)))
print("log", math.log(1), ("%.6f"):format(math.log(10)))
print("log of zero", math.log(0) == -math.huge, math.log(-1) ~= math.log(-1))
print("frexp", math.frexp(8))
print("frexp", math.frexp(-0.75))
print("frexp of zero", math.frexp(0))
print("ldexp", math.ldexp(0.5, 4), math.ldexp(1, -1))
