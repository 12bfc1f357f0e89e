package stdlib

import (
	"math"
	"strconv"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// directive is a conversion of string.format: %[flags][width][.precision]verb.
type directive struct {
	minus, plus, space, alternate, zero bool

	width     int
	precision int // -1 when there is none
	verb      byte
}

// formatter is a string.format in progress.
type formatter struct {
	*buffer
	argument int // the last one used
}

// stringFormat is string.format(format, ...).
func stringFormat(s backend.VM) int {
	format := text(s, 1, "format")
	f := formatter{newBuffer(s), 1}
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			break
		}
		f.add(s, format[:i])
		format = format[i+1:]
		if format != "" && format[0] == '%' {
			f.add(s, "%")
			format = format[1:]
			continue
		}
		var d directive
		d, format = readDirective(s, format)
		f.convert(s, d)
	}
	f.add(s, format)
	f.push(s)
	return 1
}

// readDirective reads a directive after its percent sign. It returns the directive and the rest of the format.
func readDirective(s backend.VM, format string) (d directive, rest string) {
	i := 0
	for ; i < len(format) && strings.IndexByte("-+ #0", format[i]) >= 0; i++ {
		switch format[i] {
		case '-':
			d.minus = true
		case '+':
			d.plus = true
		case ' ':
			d.space = true
		case '#':
			d.alternate = true
		case '0':
			d.zero = true
		}
	}
	if i > 5 {
		raise(s, "invalid format (repeated flags)")
	}
	d.width, i = readDigits(format, i)
	d.precision = -1
	if i < len(format) && format[i] == '.' {
		d.precision, i = readDigits(format, i+1)
	}
	if i == len(format) {
		raise(s, "invalid option '%' to 'format'")
	}
	if isDigit(format[i]) {
		raise(s, "invalid format (width or precision too long)")
	}
	d.verb = format[i]
	return d, format[i+1:]
}

// readDigits reads up to two digits at i, and returns their value and the offset behind them.
func readDigits(format string, i int) (n, next int) {
	for next = i; next < len(format) && next < i+2 && isDigit(format[next]); next++ {
		n = n*10 + int(format[next]-'0')
	}
	return n, next
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// convert appends the next argument as the directive says.
func (f *formatter) convert(s backend.VM, d directive) {
	if strings.IndexByte("cdiouxXeEfgGaAqs", d.verb) < 0 {
		raise(s, "invalid option '%"+string(d.verb)+"' to 'format'")
	}
	f.argument++
	i := f.argument
	if s.Type(i) == backend.None {
		arg.Bad(s, i, "format", "no value")
	}
	switch d.verb {
	case 's':
		f.addText(s, d, i)
	case 'q':
		f.addQuoted(s, text(s, i, "format"))
	case 'c':
		d.zero = false
		f.pad(s, d, "", string([]byte{byte(integer(s, i, "format"))}))
	case 'd', 'i':
		f.addInteger(s, d, arg.Number(s, i, "format"))
	case 'o', 'u', 'x', 'X':
		f.addUnsigned(s, d, arg.Number(s, i, "format"))
	default:
		f.addFloat(s, d, arg.Number(s, i, "format"))
	}
}

func (f *formatter) addText(s backend.VM, d directive, i int) {
	t := backend.ToStringMeta(s, i)
	if d.precision >= 0 {
		t = t[:min(d.precision, len(t))]
	}
	d.zero = false
	f.pad(s, d, "", t)
}

// addQuoted appends a literal that Lua reads back as the same string.
func (f *formatter) addQuoted(s backend.VM, t string) {
	f.add(s, `"`)
	from := 0
	for i := range len(t) {
		c := t[i]
		if c >= ' ' && c != '"' && c != '\\' && c != 127 {
			continue
		}
		f.add(s, t[from:i])
		from = i + 1
		switch {
		case c == '"' || c == '\\' || c == '\n':
			f.add(s, "\\"+t[i:from])
		case from < len(t) && isDigit(t[from]): // a digit that must not join the escape
			n := strconv.Itoa(int(c))
			f.add(s, "\\"+"00"[len(n)-1:]+n)
		default:
			f.add(s, "\\"+strconv.Itoa(int(c)))
		}
	}
	f.add(s, t[from:])
	f.add(s, `"`)
}

// pad appends a sign or prefix and a body, filled to the width: with zeros between the two, or with spaces outside.
func (f *formatter) pad(s backend.VM, d directive, prefix, body string) {
	fill := max(0, d.width-len(prefix)-len(body))
	f.room(s, fill+len(prefix)+len(body))
	if !d.minus && !d.zero {
		f.fill(' ', fill)
	}
	f.bytes = append(f.bytes, prefix...)
	if !d.minus && d.zero {
		f.fill('0', fill)
	}
	f.bytes = append(f.bytes, body...)
	if d.minus {
		f.fill(' ', fill)
	}
}

func (f *formatter) fill(c byte, n int) {
	for range n {
		f.bytes = append(f.bytes, c)
	}
}

// sign returns what precedes a number.
func (d directive) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case d.plus:
		return "+"
	case d.space:
		return " "
	}
	return ""
}

// addInteger is %d and %i. A fraction is cut off.
func (f *formatter) addInteger(s backend.VM, d directive, n float64) {
	if !(n >= -1<<63 && n < 1<<63) {
		arg.Bad(s, f.argument, "format", "not a number in proper range")
	}
	i := int64(n)
	magnitude := uint64(i)
	if i < 0 {
		magnitude = -magnitude
	}
	f.addDigits(s, d, d.sign(i < 0), magnitude, 10)
}

// addUnsigned is %o, %u, %x and %X.
func (f *formatter) addUnsigned(s backend.VM, d directive, n float64) {
	if !(n > -1 && n < 1<<64) {
		arg.Bad(s, f.argument, "format", "not a non-negative number in proper range")
	}
	i := uint64(math.Max(n, 0))
	base, prefix := 10, ""
	switch d.verb {
	case 'o':
		base = 8
	case 'x', 'X':
		base = 16
		if d.alternate && i != 0 {
			prefix = "0" + string(d.verb)
		}
	}
	f.addDigits(s, d, prefix, i, base)
}

// addDigits appends an integer with at least as many digits as the precision says; zero with precision 0 is empty.
func (f *formatter) addDigits(s backend.VM, d directive, prefix string, n uint64, base int) {
	var room [128]byte
	digits := strconv.AppendUint(room[:0], n, base)
	if d.verb == 'X' {
		upperCase(digits)
	}
	if d.precision >= 0 {
		d.zero = false
		if d.precision == 0 && n == 0 {
			digits = digits[:0]
		}
		if missing := d.precision - len(digits); missing > 0 {
			digits = append(make([]byte, missing, d.precision), digits...)
			for i := range missing {
				digits[i] = '0'
			}
		}
	}
	if d.verb == 'o' && d.alternate && (len(digits) == 0 || digits[0] != '0') {
		digits = append([]byte{'0'}, digits...)
	}
	f.pad(s, d, prefix, string(digits))
}

func upperCase(b []byte) {
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - ('a' - 'A')
		}
	}
}
