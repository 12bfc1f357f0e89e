package stdlib

import (
	"math"
	"math/rand/v2"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

type randomKey struct{}

// random returns the generator of the state. Until a script seeds it, it is different for each state and each run.
func random(s backend.VM) *rand.PCG {
	g, ok := s.Env().Kept(randomKey{}).(*rand.PCG)
	if !ok {
		g = rand.NewPCG(rand.Uint64(), rand.Uint64())
		s.Env().Keep(randomKey{}, g)
	}
	return g
}

// mathRandomSeed is math.randomseed(x). The same number leads to the same sequence, in all states and on all backends.
func mathRandomSeed(s backend.VM) int {
	seed := math.Float64bits(arg.Number(s, 1, "randomseed"))
	random(s).Seed(seed, 0)
	return 0
}

// mathRandom is math.random([m [, n]]).
func mathRandom(s backend.VM) int {
	low, high, place := 1.0, 1.0, 1
	switch s.GetTop() {
	case 0:
	case 1:
		high = math.Floor(arg.Number(s, 1, "random"))
	case 2:
		low, high = twoNumbers(s, "random")
		low, high, place = math.Floor(low), math.Floor(high), 2
	default:
		return raise(s, "wrong number of arguments")
	}
	if !(low <= high) {
		return arg.Bad(s, place, "random", "interval is empty")
	}
	r := float64(random(s).Uint64()>>11) / (1 << 53)
	if s.GetTop() > 0 {
		r = math.Min(math.Floor(r*(high-low+1))+low, high)
	}
	s.PushNumber(r)
	return 1
}
