package backend

import "math"

// Modulo returns a % b as Lua 5.1 and 5.2 define it: a - floor(a/b)*b, each step of it rounded. Where that is not exact, it
// is not what math.Mod gives: 1 % 0.1 is 0. The conversion keeps the processor from fusing the product with the difference.
func Modulo(a, b float64) float64 { return a - float64(math.Floor(a/b)*b) }
