-- shows: table.maxn gives the largest positive numeric key.
-- proves: table.maxn
-- like: Lua 5.1

print(table.maxn({}), table.maxn({1, 2, 3}), table.maxn({[10] = 1, [2.5] = 2}), table.maxn({[-1] = 1}))
print(table.maxn({1, nil, 3}), table.maxn({n = 5}), table.maxn({[1e10] = 1}))
