-- shows: The end of a script waits for a thread that nobody joined; what it prints is there.
-- proves: threads.exit
require("llthreads2").new("require('mtmsg').sleep(0.005) print('from the thread')"):start()
