// Mtlua runs Lua scripts with the modules mtstates, mtmsg and llthreads2. It is to this project what lua is to Lua:
//
//	mtlua [-e chunk]... [-l module]... [-v] [script | -] [args]
//
// The status is 1 when the script fails, or a joinable thread failed and no join returned its error.
//
// The build tags choose the VM, see backend/selected. This package has the command line; whatever scripts can do is in
// mtstates and below.
package main
