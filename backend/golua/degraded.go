package golua

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
	"github.com/mtstates/go-mtstates/backend/golua/repair/hooks"
	"github.com/mtstates/go-mtstates/backend/golua/repair/locals"
	"github.com/mtstates/go-mtstates/backend/golua/repair/measure"
	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
	"github.com/mtstates/go-mtstates/backend/golua/repair/protect"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/golua/repair/traversal"
	"github.com/mtstates/go-mtstates/backend/golua/repair/upvalues"
	"github.com/mtstates/go-mtstates/backend/golua/repair/weaktables"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// repairs are all repairs of the VM's faults that may be off, in the order of backend/REPAIRS.md.
var repairs = []*repair.Repair{
	compiler.Repair, coroutine.Repair, hooks.Repair, locals.Repair, measure.Repair, names.Repair, protect.Repair, tracebacks.Repair,
	traversal.Repair, upvalues.Repair, weaktables.Repair,
}

func degraded() []backend.Degradation {
	prepared.Do(prepare) // the probes of code need what it makes
	return repair.Degraded(repairs...)
}
