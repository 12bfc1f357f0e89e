package stdlib

import (
	"math"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// mathLibrary returns the functions of math without its constants.
func mathLibrary() Library {
	lib := Library{
		"atan2": mathAtan2, "fmod": mathFmod, "frexp": mathFrexp, "ldexp": mathLdexp, "log": mathLog, "max": mathMax,
		"min": mathMin, "modf": mathModf, "pow": mathPow, "random": mathRandom, "randomseed": mathRandomSeed,
	}
	for name, f := range map[string]func(float64) float64{
		"abs": math.Abs, "acos": math.Acos, "asin": math.Asin, "atan": math.Atan, "ceil": math.Ceil, "cos": math.Cos,
		"cosh": math.Cosh, "exp": math.Exp, "floor": math.Floor, "log10": log10, "sin": math.Sin, "sinh": math.Sinh,
		"sqrt": math.Sqrt, "tan": math.Tan, "tanh": math.Tanh,
		"deg": func(n float64) float64 { return n / (math.Pi / 180) },
		"rad": func(n float64) float64 { return n * (math.Pi / 180) },
	} {
		lib[name] = func(s backend.VM) int {
			s.PushNumber(f(arg.Number(s, 1, name)))
			return 1
		}
	}
	return lib
}

// twoNumbers returns the arguments of a function.
func twoNumbers(s backend.VM, function string) (a, b float64) {
	return arg.Number(s, 1, function), arg.Number(s, 2, function)
}

func mathAtan2(s backend.VM) int {
	y, x := twoNumbers(s, "atan2")
	s.PushNumber(math.Atan2(y, x))
	return 1
}

func mathFmod(s backend.VM) int {
	a, b := twoNumbers(s, "fmod")
	s.PushNumber(math.Mod(a, b))
	return 1
}

func mathPow(s backend.VM) int {
	a, b := twoNumbers(s, "pow")
	s.PushNumber(backend.Power(a, b))
	return 1
}

// mathFrexp returns a fraction and an exponent.
func mathFrexp(s backend.VM) int {
	fraction, exponent := math.Frexp(arg.Number(s, 1, "frexp"))
	s.PushNumber(fraction)
	s.PushNumber(float64(exponent))
	return 2
}

func mathLdexp(s backend.VM) int {
	fraction := arg.Number(s, 1, "ldexp")
	s.PushNumber(math.Ldexp(fraction, integer(s, 2, "ldexp")))
	return 1
}

// mathLog is math.log(x [, base]).
func mathLog(s backend.VM) int {
	x := arg.Number(s, 1, "log")
	base, ok := arg.OptNumber(s, 2, "log")
	switch {
	case !ok:
		x = math.Log(x)
	case base == 10:
		x = log10(x)
	case base == 2:
		x = math.Log2(x)
	default:
		x = math.Log(x) / math.Log(base)
	}
	s.PushNumber(x)
	return 1
}

// log10 is exact for powers of ten, as C's is; Go's is not for 1000.
func log10(x float64) float64 {
	log := math.Log10(x)
	if whole := math.Round(log); math.Abs(whole) <= 308 && math.Pow10(int(whole)) == x {
		return whole
	}
	return log
}

func mathMax(s backend.VM) int {
	return fold(s, "max", func(n, best float64) bool { return n > best })
}

func mathMin(s backend.VM) int {
	return fold(s, "min", func(n, best float64) bool { return n < best })
}

// fold pushes the best argument, one that no other is better than. Comparisons with NaN are false, as in C.
func fold(s backend.VM, function string, better func(n, best float64) bool) int {
	best := arg.Number(s, 1, function)
	for i := 2; i <= s.GetTop(); i++ {
		if n := arg.Number(s, i, function); better(n, best) {
			best = n
		}
	}
	s.PushNumber(best)
	return 1
}

// mathModf returns the integral part and the fraction, both with the sign of the number.
func mathModf(s backend.VM) int {
	n := arg.Number(s, 1, "modf")
	whole, fraction := math.Trunc(n), 0.0
	if !math.IsInf(n, 0) {
		fraction = n - whole
	}
	s.PushNumber(whole)
	s.PushNumber(math.Copysign(fraction, n))
	return 2
}
