package golua

import (
	"errors"
	"math"

	lua "github.com/Shopify/go-lua"
)

// The VM keeps the last closure of each function literal, and takes it again when the upvalues look the same: it
// compares the values of closed ones, and where open ones stand on the stack. So closures of different variables with
// equal values become one, and with coroutines also those of different threads. Functions with variables as upvalues get
// one upvalue more, whose value is not even equal to itself: NaN.

const (
	freshUpvalue = "(fresh closure)"
	maxUpvalues  = 255
)

// freshenMain is freshen for the main function, which has the globals as upvalue from nowhere.
func (p *prototype) freshenMain() (changed bool, err error) {
	for i := range p.upvalues {
		p.upvalues[i].isLocal = 0
	}
	return p.freshen()
}

// freshen gives the functions within p that have variables as upvalues, and those around them, the upvalue. It reports
// whether p got it, in which case the function around p must have it, too.
func (p *prototype) freshen() (changed bool, err error) {
	needed := p.capturesVariables()
	for _, n := range p.nested {
		nested, err := n.freshen()
		if err != nil {
			return false, err
		}
		if nested {
			needed = true
			n.upvalues[len(n.upvalues)-1].index = byte(len(p.upvalues)) // where p will have it
		}
	}
	if !needed {
		return false, nil
	}
	if len(p.upvalues) == maxUpvalues {
		return false, errTooManyUpvalues
	}
	p.upvalues = append(p.upvalues, upvalue{name: freshUpvalue})
	return true, nil
}

var errTooManyUpvalues = errors.New("too many upvalues (limit is 254)")

// capturesVariables tells whether p has other upvalues than the globals.
func (p *prototype) capturesVariables() bool {
	for _, u := range p.upvalues {
		if u.isLocal != 0 || u.name != environment {
			return true
		}
	}
	return false
}

const environment = "_ENV"

// setUpvalues gives the function on the top, which was loaded, the upvalues that belong to no variable. The VM sets the
// first when it is the only one.
func setUpvalues(l *lua.State) {
	f, count := l.Top(), upvalueCount(l)
	for i := 1; i <= count; i++ {
		name, _ := lua.UpValue(l, f, i)
		l.Pop(1)
		switch name {
		case freshUpvalue:
			l.PushNumber(math.NaN())
			lua.SetUpValue(l, f, i)
		case environment:
			if i == 1 {
				l.PushGlobalTable()
				lua.SetUpValue(l, f, i)
			}
		}
	}
}

// upvalueCount is how many upvalues the function on the top has, with the hidden one.
func upvalueCount(l *lua.State) int {
	l.PushValue(-1)
	d, _ := lua.Info(l, ">u", nil)
	return d.UpValueCount
}

// visibleUpvalues is how many upvalues scripts see of the function at index: not those of Go functions, which mark the
// functions of the libraries, which all states share.
func visibleUpvalues(l *lua.State, index int) int {
	if l.IsGoFunction(index) {
		return 0
	}
	l.PushValue(index)
	n := upvalueCount(l)
	l.Pop(1)
	if n > 0 {
		name, _ := lua.UpValue(l, index, n)
		l.Pop(1)
		if name == freshUpvalue {
			n--
		}
	}
	return n
}
