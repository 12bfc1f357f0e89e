package mtstates

import "time"

// PoolOption configures a new pool. Every [StateOption] is one, for the states of the pool; with [Named] their names are
// numbered, as in "web/1".
type PoolOption interface{ applyToPool(*poolOptions) }

type poolOptions struct {
	min, max int
	idle     time.Duration
	calls    int
	states   []StateOption
}

type poolOption func(*poolOptions)

func (o poolOption) applyToPool(p *poolOptions) { o(p) }

// PoolSize sets how many states a pool has: min are made at once, and others in the place of those of them that are closed;
// max is the limit. The default is 0 to 8.
func PoolSize(min, max int) PoolOption {
	return poolOption(func(p *poolOptions) { p.min, p.max = min, max })
}

// PoolIdle sets after which time without a call a state beyond the smallest size is closed. The default is a minute.
func PoolIdle(d time.Duration) PoolOption {
	return poolOption(func(p *poolOptions) { p.idle = d })
}

// PoolCalls replaces each state after so many calls, for scripts that use more and more memory. The default, 0, does not.
func PoolCalls(n int) PoolOption {
	return poolOption(func(p *poolOptions) { p.calls = n })
}
