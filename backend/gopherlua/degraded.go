package gopherlua

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/bigkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/dump"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/measure"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/names"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/upvalues"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/weaktables"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// repairs are all repairs of the VM's faults that may be off, in the order of backend/REPAIRS.md.
var repairs = []*repair.Repair{bigkeys.Repair, deadkeys.Repair, dump.Repair, frames.Repair, loop.Repair, measure.Repair, names.Repair, rewrite.Repair, upvalues.Repair, weaktables.Repair}

func degraded() []backend.Degradation { return repair.Degraded(repairs...) }
