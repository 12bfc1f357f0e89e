package closures

import (
	"errors"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
)

// The VM keeps the last closure of each function literal, and takes it again when the upvalues look the same: it
// compares the values of closed ones, and where open ones stand on the stack. So closures of different variables with
// equal values become one, and with coroutines also those of different threads. Functions with variables as upvalues get
// one upvalue more, whose value is not even equal to itself: NaN.

const (
	// FreshUpvalue is the name of that upvalue.
	FreshUpvalue = "(fresh closure)"
	maxUpvalues  = 255
)

// Freshen is freshen for the main function, which has the globals as upvalue from nowhere.
func Freshen(p *bytecode.Prototype) (changed bool, err error) {
	for i := range p.Upvalues {
		p.Upvalues[i].IsLocal = 0
	}
	return freshen(p)
}

// freshen gives the functions within p that have variables as upvalues, and those around them, the upvalue. It reports
// whether p got it, in which case the function around p must have it, too.
func freshen(p *bytecode.Prototype) (changed bool, err error) {
	needed := capturesVariables(p)
	for _, n := range p.Nested {
		nested, err := freshen(n)
		if err != nil {
			return false, err
		}
		if nested {
			needed = true
			n.Upvalues[len(n.Upvalues)-1].Index = byte(len(p.Upvalues)) // where p will have it
		}
	}
	if !needed {
		return false, nil
	}
	if len(p.Upvalues) == maxUpvalues {
		return false, errTooManyUpvalues
	}
	p.Upvalues = append(p.Upvalues, bytecode.Upvalue{Name: FreshUpvalue})
	return true, nil
}

var errTooManyUpvalues = errors.New("too many upvalues (limit is 254)")

// capturesVariables reports whether p has other upvalues than the globals.
func capturesVariables(p *bytecode.Prototype) bool {
	for _, u := range p.Upvalues {
		if u.IsLocal != 0 || u.Name != Environment {
			return true
		}
	}
	return false
}

// Environment is the name of the upvalue that has the globals.
const Environment = "_ENV"
