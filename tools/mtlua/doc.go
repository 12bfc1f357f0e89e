// Mtlua runs Lua scripts with the modules mtstates, mtmsg and llthreads2, as the program lua runs scripts:
//
//	mtlua [options] [script | -] [args]
//
// The build tags choose the VM, see backend/selected. mtlua -h lists the options, which are those of lua, with long names
// for those who prefer them. What Lua's manual says about them holds, with these additions:
//
//   - In package.path the script's folder comes last, with ?.lua and ?/init.lua, so that a script finds its modules
//     wherever it is run from; its states and threads find them, too.
//   - LUA_INIT and LUA_PATH, and for Lua 5.2 LUA_INIT_5_2 and LUA_PATH_5_2 in place of them, are read in threads as well.
//     -E ignores them all, also with Lua 5.1.
//   - -l stores the module in a global, as Lua 5.2 does, also with Lua 5.1.
//   - -W writes a warning for each promise that the backend cannot keep with the version of the VM that is linked. Neither
//     Lua 5.1 nor Lua 5.2 has a function warn, so scripts have no warnings.
//   - The prompt (-i, or no arguments on a terminal) prints the values of expressions with and without a "=" in front; with
//     a "?" it writes out tables. On a terminal lines can be edited, the tab key completes globals, fields and methods, and
//     the arrow keys bring back the lines of earlier sessions, which are in ~/.mtlua_history or the file that MTLUA_HISTORY
//     names (nothing is kept if that is empty).
//   - Ctrl-C raises the error "interrupted!" in the main script, also in a state that it calls and while it waits; another
//     Ctrl-C ends the program at once. At the prompt it drops the lines entered so far.
//   - Go's collector runs only when the heap has 64 MB, see mtstates.SetCollectorFloor; GOGC and GOMEMLIMIT are honoured.
//   - --cpuprofile writes a profile of the Lua functions of the script, its states and threads: "go tool pprof -top FILE".
//   - --inspect serves a page with the living states, threads and buffers, for browsers on this machine.
//   - --watch runs the script in a process of its own, which is interrupted and run again whenever a Lua file in the script's
//     folder, or in one below that is not hidden, changes. So all its states and threads begin anew. Scripts have no pools;
//     those of Go programs get new code from package watch.
//   - os.exit ends the program from any state and thread.
//   - -c finds the states that other processes share in a cluster, see package cluster, and lets state:share work. The
//     program leaves the cluster when it ends; states that are to stay are for the program mtnode.
//   - arg exists without a script, too; arg[0] is the program then.
//
// The exit status is 1 if the script fails, or if a joinable thread failed and no join returned its error; 130 if Ctrl-C
// ended the program.
//
// This package only has the command line; what scripts can do is in mtstates and the packages below it.
package main
