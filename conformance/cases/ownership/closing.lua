-- shows: What only the handles of a closed state, or of a joined thread, referred to is gone at once, also in chains.
-- proves: state.closing, buffer.owners, listener.owners, threads.closing
-- edition: seed, 0.4
require "owners"
