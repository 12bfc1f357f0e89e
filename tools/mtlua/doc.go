// Mtlua runs Lua scripts with the modules mtstates, mtmsg and llthreads2, as the program lua runs scripts:
//
//	mtlua [-e chunk]... [-l module]... [-v] [script | -] [args]
//
// The exit status is 1 if the script fails, or if a joinable thread failed and no join returned its error.
//
// The build tags choose the VM, see backend/selected. This package only has the command line; what scripts can do is in
// mtstates and the packages below it.
package main
