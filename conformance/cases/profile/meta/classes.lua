-- shows: Objects with classes and inheritance as scripts write them.
-- proves: lua.meta.index, lua.meta.call

local function class(parent)
    local c = {}
    c.__index = c
    return setmetatable(c, {__index = parent, __call = function(_, ...)
        local o = setmetatable({}, c)
        if c.init then c.init(o, ...) end
        return o
    end})
end
local Animal = class()
function Animal:init(name) self.name = name end
function Animal:speak() return self.name .. " " .. self:sound() end
function Animal:sound() return "is silent" end
local Dog = class(Animal)
function Dog:sound() return "barks" end
print(Animal("Cat"):speak())
print(Dog("Rex"):speak())
Dog.__tostring = function(self) return "Dog " .. self.name end
print(Dog("Ben"))
Dog.__eq = function(a, b) return a.name == b.name end
print(Dog("x") == Dog("x"), Dog("x") == Dog("y"))
print(getmetatable(Dog("x")) == Dog, Dog.speak == Animal.speak, rawget(Dog, "speak"))
