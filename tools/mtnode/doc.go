// Mtnode is a node of a cluster that stays: it runs a Lua script, which may share states, makes virtual states, and with
// --embed runs the NATS server, too.
//
//	mtnode --embed 127.0.0.1:4222 --activate 'player/*=player.lua' lobby.lua
//	mtnode --cluster nats://127.0.0.1:4222 --activate 'player/*=player.lua'
//
// It prints "ready" with the address of the servers when it takes calls. At an interrupt (Ctrl-C) or SIGTERM it gives its
// states up, so that others take them over, and ends; a second one ends it at once. mtnode -h lists the options.
//
// In the scripts, require finds mtstates, mtmsg and llthreads2. The build tags choose the VM, see backend/selected.
package main
