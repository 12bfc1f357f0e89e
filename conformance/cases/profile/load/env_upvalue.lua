-- shows: Globals are fields of the upvalue _ENV.
-- proves: lua.env
-- needs: env

print("globals", _ENV == _G)
x_of_env = 1
print("field", _ENV.x_of_env)
x_of_env = nil
local function sandboxed()
    local _ENV = {y = 2}
    z = 3
    return y, z, _ENV.z
end
print("local", sandboxed())
local function with(_ENV) return a + b end
print("parameter", with({a = 1, b = 2}))
print("load", load("return x", "=x", "t", {x = 7})())
