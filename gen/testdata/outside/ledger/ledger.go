// Package ledger is the Lua module ledger. What registers it in a VM, and the interfaces [Module] and [Account], are
// generated from spec/modules/ledger.yaml; this file implements them.
package ledger

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
)

// Version is the version of the module.
const Version = "1.0"

// Ledger is a [Module]. The states and threads of a program share it.
type Ledger struct {
	mu       sync.Mutex
	accounts map[string]*account
}

// account is an [Account].
type account struct {
	ledger  *Ledger // whose mutex guards what follows
	name    string
	limit   float64
	balance float64
	partner *account
	last    binding.Optional[booking]
}

type booking struct {
	text   binding.Optional[string]
	amount float64
}

// Open implements [Module].
func (l *Ledger) Open(_ backend.VM, name string, limit float64) (Account, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a, ok := l.accounts[name]; ok {
		return a, nil
	}
	if l.accounts == nil {
		l.accounts = map[string]*account{}
	}
	a := &account{ledger: l, name: name, limit: limit}
	l.accounts[name] = a
	return a, nil
}

// Find implements [Module].
func (l *Ledger) Find(_ backend.VM, name string) (Account, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a, ok := l.accounts[name]; ok {
		return a, nil
	}
	return nil, ErrUnknownAccount.With(fmt.Sprintf("%q", name))
}

// Transfer implements [Module].
func (l *Ledger) Transfer(
	_ backend.VM, from, to Account, amount float64, text binding.Optional[string],
) (float64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	payer, payee := from.(*account), to.(*account)
	if missing := amount - payer.balance - payer.limit; missing > 0 {
		return 0, ErrOverdrawn.With(fmt.Sprintf("%q, %g is missing", payer.name, missing))
	}
	payer.book(-amount, text)
	payee.book(amount, text)
	payer.partner, payee.partner = payee, payer
	return payer.balance, nil
}

// Names implements [Module].
func (l *Ledger) Names(vm backend.VM) (int, error) {
	names := l.names()
	if !vm.CheckStack(len(names)) {
		return 0, fmt.Errorf("there are %d names, which are too many", len(names))
	}
	for _, name := range names {
		vm.PushString(name)
	}
	return len(names), nil
}

func (l *Ledger) names() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(maps.Keys(l.accounts))
}

// Each implements [Module].
func (l *Ledger) Each(vm backend.VM, f, rest int) (int64, error) {
	last := vm.GetTop()
	for i, name := range l.names() {
		a, err := l.Find(vm, name)
		if err != nil {
			continue // it is gone meanwhile
		}
		vm.PushValue(f)
		PushAccount(vm, a)
		for index := rest; index <= last; index++ {
			vm.PushValue(index)
		}
		vm.Call(1+last-rest+1, 1)
		if vm.Type(-1) == backend.Boolean && !vm.ToBoolean(-1) {
			return int64(i + 1), nil
		}
		vm.SetTop(last)
	}
	return int64(len(l.names())), nil
}

// Name implements [Account].
func (a *account) Name(backend.VM) (string, error) { return a.name, nil }

// Balance implements [Account].
func (a *account) Balance(backend.VM) (float64, error) {
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	return a.balance, nil
}

// Deposit implements [Account].
func (a *account) Deposit(_ backend.VM, amount float64, text binding.Optional[string]) error {
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	a.book(amount, text)
	return nil
}

// book books an amount; the ledger is locked.
func (a *account) book(amount float64, text binding.Optional[string]) {
	a.balance += amount
	a.last = binding.Some(booking{text, amount})
}

// Partner implements [Account].
func (a *account) Partner(backend.VM) (Account, error) {
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	if a.partner == nil {
		return nil, nil
	}
	return a.partner, nil
}

// Last implements [Account].
func (a *account) Last(backend.VM) (text binding.Optional[string], amount binding.Optional[float64], err error) {
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	if a.last.Present {
		text, amount = a.last.Value.text, binding.Some(a.last.Value.amount)
	}
	return text, amount, nil
}

// String is what tostring gives in Lua.
func (a *account) String() string { return "account of " + a.name }
