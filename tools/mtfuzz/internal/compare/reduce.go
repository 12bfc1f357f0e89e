package compare

import (
	"regexp"
	"slices"
	"strconv"
)

// reductions take from lines what may differ, each together with those behind it. Lines that are the same after one of
// them differ in its kind at most. The last one leaves only what must never differ.
var reductions = []struct {
	kind   Kind
	reduce func(string) string
}{
	{ValueKind, func(line string) string { return "" }},
	{MessageKind, func(line string) string { return messages.ReplaceAllString(line, "message") }},
	{NameKind, withoutNames},
	{FunctionKind, func(line string) string { return functions.ReplaceAllString(line, "$1 'f'") }},
	{PositionKind, func(line string) string { return positions.ReplaceAllString(line, "$1:") }},
	{RoundingKind, func(line string) string { return fractions.ReplaceAllStringFunc(line, rounded) }},
	{ZeroKind, func(line string) string { return zeros.ReplaceAllString(line, "$1$2") }},
}

// difference returns the worst kind in which a line differs from all that it may be, SameKind when it is one of them.
func difference(line string, allowed ...string) Kind {
	line = normal(line)
	rest := make([]string, len(allowed))
	for i, a := range allowed {
		rest[i] = normal(a)
	}
	kind := SameKind
	for _, r := range slices.Backward(reductions) {
		if slices.Contains(rest, line) {
			break
		}
		kind = r.kind
		line = r.reduce(line)
		for i := range rest {
			rest[i] = r.reduce(rest[i])
		}
	}
	return kind
}

// severity is higher for worse kinds. Those without a reduction are not compared with others.
func severity(kind Kind) int {
	for i, r := range reductions {
		if r.kind == kind {
			return len(reductions) + 1 - i
		}
	}
	if kind == VersionKind {
		return 1
	}
	return 0
}

var (
	notANumber   = regexp.MustCompile(`(?i) *[-+]?nan *`)
	address      = regexp.MustCompile(`(?i)0x[0-9a-f]{6,}`)
	manyDigits   = regexp.MustCompile(`\b\d{15,17}\b`)
	zeros        = regexp.MustCompile(`-(0(?:\.0+)?)($|[^\d.])`)
	fractions    = regexp.MustCompile(`\d+\.\d+(?:e[-+]\d+)?`)
	positions    = regexp.MustCompile(`\b(f|l|prelude):\d+:`)
	quotedNames  = regexp.MustCompile(`(?:(?:global|local|field|upvalue|method|constant) '[^']*' \((a \w+ value)\))`)
	badArguments = regexp.MustCompile(`bad argument #-?\d+ to 'f'|calling 'f' on bad self`)
	functions    = regexp.MustCompile(`(?i)(bad argument #-?\d+ to|calling) '[^']*'`)
	messages     = regexp.MustCompile(`\b(?:f|l|prelude):[^"]*|^(?:error|syntax): .*`)
)

// Message returns the error message in a line, or the whole line when there is none that begins with a position.
func Message(line string) string {
	if found := messages.FindString(line); found != "" {
		return found
	}
	return line
}

// normal returns a line without what may differ between any two Lua: the sign of NaN, addresses, and how many digits
// tostring gives for integers of more than 14.
func normal(line string) string {
	line = notANumber.ReplaceAllString(line, "nan")
	line = address.ReplaceAllString(line, "0x")
	return manyDigits.ReplaceAllStringFunc(line, func(digits string) string {
		n, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return digits
		}
		return strconv.FormatFloat(n, 'g', 14, 64)
	})
}

// rounded returns a number with 12 digits.
func rounded(number string) string {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return strconv.FormatFloat(n, 'g', 12, 64)
}

// withoutNames takes the names of variables and functions out of error messages, and which argument is bad.
func withoutNames(line string) string {
	line = quotedNames.ReplaceAllString(line, "$1")
	return badArguments.ReplaceAllString(line, "bad argument")
}
