// Package bombs has scripts that try to end or hang the program that runs them, and a test that lets them: for each backend, in
// a process of its own whose memory the system limits. Each must end with a Lua error, and leave the registry usable.
package bombs
