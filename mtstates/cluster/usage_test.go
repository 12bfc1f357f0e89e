package cluster_test

import "runtime"

// usage returns the number of goroutines, and the bytes of what is reachable.
func usage() (goroutines int, bytes int64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), int64(m.HeapAlloc)
}
