package stdlib

import (
	"runtime"
	"runtime/metrics"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// baseSelect is select(n, ...).
func baseSelect(s backend.VM) int {
	top := s.GetTop()
	if s.Type(1) == backend.String {
		if t, _ := s.ToString(1); t == "#" {
			s.PushNumber(float64(top - 1))
			return 1
		}
	}
	n := integer(s, 1, "select")
	if n < 0 {
		n += top
	}
	if n < 1 {
		return arg.Bad(s, 1, "select", "index out of range")
	}
	return max(0, top-n)
}

// baseAssert is assert(v [, message, ...]).
func baseAssert(s backend.VM) int {
	if s.ToBoolean(arg.Any(s, 1, "assert")) {
		return s.GetTop()
	}
	if s.Type(2) <= backend.Nil {
		return raise(s, "assertion failed!")
	}
	s.SetTop(2)
	if message, ok := s.ToString(2); ok {
		return raise(s, message)
	}
	return s.Error()
}

// baseError is error(value [, level]).
func baseError(s backend.VM) int {
	level := optInteger(s, 2, "error", 1)
	s.SetTop(1)
	if message, ok := s.ToString(1); ok && level > 0 {
		position := s.Where(level)
		checkSize(s, len(position)+len(message))
		s.PushString(position + message)
	}
	return s.Error()
}

// basePrint is print(...).
func basePrint(s backend.VM) int {
	var line strings.Builder
	for i, n := 1, s.GetTop(); i <= n; i++ {
		if i > 1 {
			line.WriteByte('\t')
		}
		if line.Len() > backend.MaxPrinted {
			_ = s.Env().WriteOutput(line.String())
			line.Reset()
		}
		line.WriteString(printed(s, i))
	}
	line.WriteByte('\n')
	_ = s.Env().WriteOutput(line.String())
	return 0
}

// printed returns what the function tostring returns for argument i, even if a script has replaced that function.
func printed(s backend.VM, i int) string {
	o := of(s)
	top := s.GetTop()
	own := true
	if lib := o.set.base; o.tables[lib.id].settled&lib.bits("tostring") != 0 { // it was fetched
		s.PushGlobalTable()
		s.PushString("tostring")
		backend.GetTable(s, top+1)
		own = s.ToPointer(-1) == o.tostring
	}
	switch {
	case !own:
		s.PushValue(i)
		s.Call(1, 1)
	case !backend.CallToString(s, i):
		s.SetTop(top)
		return backend.ToStringMeta(s, i)
	}
	text, ok := s.ToString(-1)
	if !ok {
		raise(s, "'tostring' must return a string to 'print'")
	}
	s.SetTop(top)
	return text
}

func baseToString(s backend.VM) int {
	i := arg.Any(s, 1, "tostring")
	if !backend.CallToString(s, i) {
		s.PushString(backend.ToStringMeta(s, i))
	} else if s.Type(-1) == backend.Number {
		text, _ := s.ToString(-1)
		s.PushString(text)
	}
	return 1
}

func baseType(s backend.VM) int {
	s.PushString(s.Type(arg.Any(s, 1, "type")).String())
	return 1
}

// collect frees what only dead values refer to. Its first run of the Go collector moves what VMs gave back to a
// sync.Pool to where the second one drops it.
func collect(s backend.VM) {
	if restore := s.ScrubStack(); restore != nil {
		defer restore()
	}
	if f := s.Env().Collect; f != nil {
		f()
		return
	}
	runtime.GC()
	runtime.GC()
}

// heapSize reads only the figure that is needed; runtime.ReadMemStats would stop all goroutines.
func heapSize() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
