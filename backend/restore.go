package backend

// Restore puts back into the weak tables of a VM what the Go collector has not freed: see VM.ScrubStack.
type Restore func()
