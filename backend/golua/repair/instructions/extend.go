package instructions

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// Extend adds the instructions of this package to the VM's table. It returns an error when the VM has not the table and
// the loop that they need; they must not be run then.
func Extend() error {
	if err := layout.Check(); err != nil {
		return err
	}
	if err := checkTable(); err != nil {
		return err
	}
	copy(operations[:], vmOperations)
	for op, f := range map[bytecode.Opcode]operation{
		bytecode.XGetTableUp: getTableUp, bytecode.XGetTable: getTable, bytecode.XSelf: self,
		bytecode.XSetTableUp: setTableUp, bytecode.XSetTable: setTable,
		bytecode.XAdd: add, bytecode.XSub: sub, bytecode.XMul: mul, bytecode.XDiv: div, bytecode.XMod: mod,
		bytecode.XPow: pow, bytecode.XUnaryMinus: unaryMinus, bytecode.XLength: length, bytecode.XConcat: concat,
		bytecode.XEqual: equal, bytecode.XLessThan: lessThan, bytecode.XLessOrEqual: lessOrEqual,
		bytecode.XResult: result, bytecode.XTest: test,
		bytecode.XCall: call, bytecode.XTailCall: tailCall, bytecode.XForPrep: forPrep, bytecode.XTForCall: tForCall,
		bytecode.XForget: probe,
	} {
		operations[op] = f
	}
	// Other goroutines may be running code of the VM: both tables begin alike, so that it does not matter which one they
	// see.
	vmOperations = append([]operation(nil), operations[:]...)
	err := probeLoop()
	operations[bytecode.XForget], vmOperations[bytecode.XForget] = forget, forget
	return err
}

// checkTable returns an error unless the VM has a function for each instruction, in the order that this package knows.
func checkTable() error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // should the VM's table be something else
	if len(vmOperations) != int(bytecode.OwnOpcodes) {
		return errors.New("the VM's table of instructions is not where it was")
	}
	for i, f := range unsafe.Slice((**uintptr)(unsafe.Pointer(unsafe.SliceData(vmOperations))), len(vmOperations)) {
		if f == nil || !isVMFunction(*f) {
			return fmt.Errorf("the VM's table of instructions has no function at %d", i)
		}
	}
	return nil
}

// isVMFunction reports whether the code at an address is a function of the VM's.
func isVMFunction(address uintptr) bool {
	f := runtime.FuncForPC(address)
	return f != nil && f.Entry() == address && strings.HasPrefix(f.Name(), reflect.TypeFor[lua.State]().PkgPath()+".")
}

// probed is what the probe's instruction has found out about the VM's loop.
var probed error

// probe is an instruction that compares what the loop hands over with what the VM's state says.
func probe(e *engine, _ code) (operation, code) {
	f := probing.CallInfo
	switch {
	case e.l != probing || e.callInfo != f:
		probed = errors.New("the VM's loop runs another state")
	case f.LuaCallInfo == nil || len(e.frame) != len(f.LuaCallInfo.Frame) || &e.frame[0] != &f.LuaCallInfo.Frame[0]:
		probed = errors.New("the VM's loop has other registers")
	case e.closure != layout.ClosureOf(probing.Stack[f.Function]):
		probed = errors.New("the VM's loop runs another function")
	case len(e.constants) != 1 || e.constants[0] != "constant":
		probed = errors.New("the VM's loop has other constants")
	default:
		probed = nil
	}
	return operations[bytecode.OpMove](e, 0)
}

// probing is the state that the probe runs in.
var probing *layout.State

// probeLoop runs the probe's instruction.
func probeLoop() (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("the VM's loop runs instructions in another way: %v", e)
		}
	}()
	p := &layout.Prototype{
		Constants: []any{"constant"},
		Code: []uint32{
			uint32(bytecode.MakeABC(bytecode.XForget, 0, 0, 0)),
			uint32(bytecode.MakeABx(bytecode.OpLoadK, 0, 0)),
			uint32(bytecode.MakeABC(bytecode.OpReturn, 0, 2, 0)),
		},
		LineInfo: []int32{1, 1, 1}, Source: "=probe", MaxStackSize: 2,
	}
	l := lua.NewState()
	probing, probed = layout.StateOf(l), errors.New("the VM's loop does not run added instructions")
	l.PushLightUserData((&layout.Closure{Prototype: p}).Value())
	l.Call(0, 1)
	if text, _ := l.ToString(-1); text != "constant" {
		return errors.New("a function does not return what it should")
	}
	return probed
}
