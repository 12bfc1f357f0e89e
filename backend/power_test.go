package backend

import (
	"math"
	"math/big"
	"strconv"
	"testing"
)

func TestPower(t *testing.T) {
	for n := -330; n <= 320; n++ {
		want, _ := strconv.ParseFloat("1e"+strconv.Itoa(n), 64)
		if got := Power(10, float64(n)); got != want {
			t.Errorf("10^%d: %v, want %v", n, got, want)
		}
	}
	for _, x := range []float64{2, 3, 7, 0.1, 1.5, -3, -0.7, 123.456, 1e10, 1.0000001} {
		exact := big.NewFloat(1).SetPrec(2000)
		for n := 0; n < 60; n++ {
			want, _ := exact.Float64()
			inverse, _ := new(big.Float).SetPrec(2000).Quo(big.NewFloat(1), exact).Float64()
			if got := Power(x, float64(n)); got != want {
				t.Errorf("%v^%d: %v, want %v", x, n, got, want)
			}
			if got := Power(x, float64(-n)); got != inverse {
				t.Errorf("%v^-%d: %v, want %v", x, n, got, inverse)
			}
			exact.Mul(exact, big.NewFloat(x))
		}
	}
	inf := math.Inf(1)
	for _, c := range [][3]float64{{0, 0, 1}, {0, -1, inf}, {math.Copysign(0, -1), -3, -inf}, {-8, 3, -512}, {2, 0.5, math.Sqrt2},
		{inf, 2, inf}, {inf, -2, 0}, {-inf, 3, -inf}, {2, 1023, 0x1p1023}, {2, -1074, 0x1p-1074}, {2, 5000, inf}, {2, -5000, 0}, {1, inf, 1}} {
		if got := Power(c[0], c[1]); got != c[2] {
			t.Errorf("%v^%v: %v, want %v", c[0], c[1], got, c[2])
		}
	}
	if got := Power(-8, 1.0/3); !math.IsNaN(got) {
		t.Errorf("-8^(1/3): %v", got)
	}
}
