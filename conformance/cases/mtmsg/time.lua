-- shows: The clock does not run backwards, and sleep takes at least its time.
-- proves: mtmsg.time, mtmsg.sleep
-- edition: seed, 0.4
local mtmsg = require "mtmsg"

local before = mtmsg.time()
mtmsg.sleep(0.002)
local after = mtmsg.time()
assert(after - before >= 0.0019, after - before)
mtmsg.sleep(0)
mtmsg.sleep(-1)
assert(mtmsg.time() >= after)
print("later")
