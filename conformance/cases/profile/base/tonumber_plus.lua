-- shows: A numeral may have a plus sign.
-- proves: base.tonumber

print(tonumber("+12"), tonumber("+0x10"), tonumber("+.5e1"), tonumber("+-1"))
