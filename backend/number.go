package backend

import (
	"math"
	"strconv"
	"strings"
)

// FormatNumber formats a number as Lua's tostring does: up to 14 significant digits, integers up to 2^53 in full,
// "inf", "-inf" and "nan".
func FormatNumber(n float64) string {
	const exact = 1 << 53
	switch {
	case n == math.Trunc(n) && math.Abs(n) <= exact:
		if n == 0 && math.Signbit(n) {
			return "-0"
		}
		return strconv.FormatInt(int64(n), 10)
	case math.IsInf(n, 1):
		return "inf"
	case math.IsInf(n, -1):
		return "-inf"
	case math.IsNaN(n):
		return "nan"
	}
	return formatG(n, 14)
}

// formatG is C's %.<digits>g, which drops trailing zeros and has at least two digits of exponent.
func formatG(n float64, digits int) string {
	text := strconv.FormatFloat(n, 'e', digits-1, 64)
	mantissa, exponent, _ := strings.Cut(text, "e")
	exp, _ := strconv.Atoi(exponent)
	if exp < -4 || exp >= digits {
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		return mantissa + "e" + exponent
	}
	text = strconv.FormatFloat(n, 'f', digits-1-exp, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// ParseNumber converts a string to a number as Lua does: decimal or hexadecimal, with spaces around it.
func ParseNumber(text string) (n float64, ok bool) {
	text = strings.Trim(text, " \t\n\v\f\r")
	digits := strings.TrimLeft(text, "+-")
	if len(text)-len(digits) > 1 || digits == "" || strings.Contains(digits, "_") {
		return 0, false
	}
	if hex := strings.ToLower(digits); strings.HasPrefix(hex, "0x") {
		if !strings.ContainsAny(hex, "p") {
			hex += "p0"
		}
		n, err := strconv.ParseFloat(hex, 64)
		if err != nil && !math.IsInf(n, 0) {
			return 0, false
		}
		if text[0] == '-' {
			n = -n
		}
		return n, true
	}
	if c := digits[0]; c != '.' && (c < '0' || c > '9') { // neither inf nor nan
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil || math.IsInf(n, 0)
}
