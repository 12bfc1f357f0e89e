// Package cluster lets states of other processes and machines be found by name and called like any other. It uses NATS
// with JetStream: a server that runs already, or one in the program itself (package embedded). Programs that import
// neither link nothing of NATS.
//
//	server, err := embedded.Start()
//	node, err := cluster.Join(ctx, states, cluster.URL(server.URL()))
//	err = node.Share(ctx, adder)           // claims the name of the state
//
//	ref, err := states.Lookup(ctx, "adder") // in another process; in Lua: mtstates.state("adder")
//	results, err := ref.Call(ctx, 2)
//
//	err = node.Activate("player/*", setup) // virtual states: made by the first call of such a name
//	err = node.Drain(ctx)                  // before the process ends
//
// # What is promised
//
// A name has one owner at a time. The owner is a [Node] that holds a lease, which it renews; a node that dies or is cut
// off loses its lease after the time of [Lease], and then its names are free. A node runs a call only while it surely
// holds its lease, and answers only if it still does, so one that was paused for longer neither runs nor answers.
//
// A call is sent again only when an answer says that it did not run. So no call runs twice. A call without an answer
// fails with mtstates.ErrUnreachable, and its details say whether it was not run, or may have run; [MayHaveRun] asks the
// same. When the context of a caller ends, the callback is stopped as in one process, with mtstates.ErrInterrupted; a call
// that waited for its turn is one that was not run. A name without owner is mtstates.ErrUnknownObject; then the call surely has not run.
//
// The calls of a state run one at a time, in the order in which they arrive. Calls that wait for each other in a circle
// fail with mtstates.ErrDeadlock.
//
// # What is not promised
//
// The memory of a state is not replicated: when its node dies, a virtual state is made anew by its setup, and what the
// old one knew is lost, unless the script has stored it elsewhere. A call may have run although its caller gets
// ErrUnreachable. Message buffers of mtmsg are not shared. A handle of a state in another process does not keep it alive.
//
// # Goroutines
//
// All functions and methods may be called from any goroutine. A state without calls has no goroutine.
package cluster
