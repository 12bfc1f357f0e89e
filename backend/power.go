package backend

import (
	"math"
	"strconv"
	"sync"
)

// Power returns x^y as C does: correctly rounded if y is an integer of ordinary size. Go's math.Pow may be wrong in the
// last digit, and then 10^23 is not 1e23.
func Power(x, y float64) float64 {
	n := int(y)
	switch {
	case float64(n) != y || n < -maxExponent || n > maxExponent:
		return math.Pow(x, y)
	case n == 2:
		return x * x
	case x == 10:
		return powersOfTen()[n+maxExponent]
	}
	power := pair{1, 0}
	for rest, square := max(n, -n), (pair{x, 0}); ; square = square.times(square) {
		if rest&1 != 0 {
			power = power.times(square)
		}
		if rest >>= 1; rest == 0 {
			break
		}
	}
	if n < 0 {
		power = power.inverse()
	}
	const least = 0x1p-1000 // below this, a part of a pair may be lost
	if size := math.Abs(power.high); size > least && size <= math.MaxFloat64 && !math.IsNaN(power.low) {
		return power.high
	}
	return math.Pow(x, y)
}

const maxExponent = 400 // 10^-400 is zero, 10^400 infinite

var powersOfTen = sync.OnceValue(func() *[2*maxExponent + 1]float64 {
	var powers [2*maxExponent + 1]float64
	for i := range powers {
		powers[i], _ = strconv.ParseFloat("1e"+strconv.Itoa(i-maxExponent), 64) // out of range: 0 or infinity
	}
	return &powers
})

// pair is a number of double precision: the sum of its parts, of which high is the nearest float64.
type pair struct{ high, low float64 }

func (a pair) times(b pair) pair {
	high := a.high * b.high
	low := math.FMA(a.high, b.high, -high) + (a.high*b.low + a.low*b.high)
	return sum(high, low)
}

func (a pair) inverse() pair {
	high := 1 / a.high
	rest := math.FMA(-high, a.high, 1) - high*a.low
	return sum(high, rest/a.high)
}

// sum adds two numbers of which the second is the smaller.
func sum(high, low float64) pair {
	s := high + low
	return pair{s, low - (s - high)}
}
