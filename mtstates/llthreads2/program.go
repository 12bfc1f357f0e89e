package llthreads2

import (
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// load pushes the code of a new thread, and the values at the indexes from rest to last, onto its VM. code is the index
// of a function, a string, or a table with options. The stack of s may grow.
func load(s, vm backend.VM, code, rest, last int) (program, error) {
	p := program{base: vm.GetTop(), args: last - rest + 1}
	options := 0
	if s.Type(code) == backend.Table {
		options = code
		s.PushNumber(1)
		s.RawGet(options)
		code = s.GetTop()
	}
	if err := pushInit(s, vm, options); err != nil {
		return p, err
	}
	p.init = vm.GetTop() - p.base
	if err := pushCode(s, vm, code, "function or string expected in the table, got "); err != nil {
		return p, err
	}
	if options > 0 {
		s.RawGetField(options, "prelude")
		if p.prelude = s.Type(-1) != backend.Nil; p.prelude {
			if err := pushCode(s, vm, s.GetTop(), "prelude: function or string expected, got "); err != nil {
				return p, err
			}
		}
	}
	if err := crossing.CopyArguments(s, vm, rest, last); err != nil {
		return p, modules.CrossingError(s, err, "new", 1)
	}
	return p, nil
}

func badNew(index int, message string) error {
	return &mtstates.ArgumentError{Index: index, Function: "new", Message: message}
}

// pushCode pushes the function at index, or the code or file that the string there names, onto vm. The error for a
// value of another type begins with wanted.
func pushCode(s, vm backend.VM, index int, wanted string) error {
	switch t := s.Type(index); t {
	case backend.String:
		source, _ := s.ToString(index)
		if file, isFile := strings.CutPrefix(source, "@"); isFile {
			return pushFile(vm, file)
		}
		return vm.Load(source, source, 0)
	case backend.FunctionType:
		if err := s.CopyFunction(vm, index); err != nil {
			return badNew(1, err.Error())
		}
		return nil
	default:
		return badNew(1, wanted+t.String())
	}
}

// pushFile pushes the content of a file as a function.
func pushFile(vm backend.VM, name string) error {
	if err := vm.Load(loadFile, "=llthreads2", 0); err != nil {
		return err
	}
	vm.PushString(name)
	if f := vm.PCall(1, 2); f != nil {
		return badNew(1, failure.Text(vm, f))
	}
	if vm.Type(-2) != backend.FunctionType {
		message, _ := vm.ToString(-1)
		return badNew(1, message)
	}
	vm.SetTop(vm.GetTop() - 1)
	return nil
}

// pushInit pushes the function that runs first, and its arguments, or nothing. options is the index of the table with
// lua_init, 0 for none.
func pushInit(s, vm backend.VM, options int) error {
	if options > 0 {
		s.RawGetField(options, "lua_init")
		switch t := s.Type(-1); {
		case t == backend.String:
			text, _ := s.ToString(-1)
			return pushInitText(vm, text, needFiles)
		case t == backend.FunctionType:
			return pushCode(s, vm, s.GetTop(), "")
		case t == backend.Boolean && !s.ToBoolean(-1):
			return nil
		case t != backend.Nil:
			return badNew(1, fmt.Sprintf("lua_init: function, string or false expected, got %s", t))
		}
	}
	text, _ := vm.Env().Variable("LUA_INIT")
	return pushInitText(vm, text, skipFiles)
}

// Chunks that load or run a file, for VMs that may not read any.
const (
	loadFile  = "if not loadfile then return nil, 'this thread cannot read files' end return loadfile(...)"
	needFiles = "if not dofile then error('lua_init: this thread cannot read files', 0) end dofile(...)"
	skipFiles = "if dofile then dofile(...) end"
)

// pushInitText pushes a function that does what a text in LUA_INIT asks for, and its arguments.
func pushInitText(vm backend.VM, text, fileChunk string) error {
	if text == "" {
		return nil
	}
	file, isFile := strings.CutPrefix(text, "@")
	if !isFile {
		return vm.Load(text, "=LUA_INIT", 0)
	}
	if err := vm.Load(fileChunk, "=LUA_INIT", 0); err != nil {
		return err
	}
	vm.PushString(file)
	return nil
}
