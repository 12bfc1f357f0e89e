// Package rewrite compiles source for gopher-lua around the faults of the VM's compiler. Only package gopherlua imports it.
//
// The faults: the compiler overflows the Go stack on source that is nested deeply; assigns a variable before it reads it
// for the next one; loses elements of table constructors that mix positional, named and computed fields with calls; takes
// the number of values of a generic for from its names; leaves upvalues open at a break; jumps anywhere when a loop begins with a jump; cannot tell "local f = function"
// from "local function f"; takes 010 for 8; searches all constants for each constant; folds -0 to 0; notes the wrong ends
// of local variables' scopes; lets main functions make a table of their arguments that none of them sees; and its concatenation
// knows no limit and writes numbers in its own way.
//
// So the syntax tree is changed before it is compiled, and the code afterwards. Concatenations become calls of functions
// that the adapter gives. [Repair] is probed by compiling and running programs that the compiler gets wrong. When the
// compiler gets one of them right, what changes it here can go.
package rewrite

import (
	"errors"
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/source"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Functions take the place of concatenations: Concat gets the operands, ConcatList their number and a table of them.
// Power and Modulo are what the VM's operators do, for those of numerals; with nil they are left to the compiler.
type Functions struct {
	Concat, ConcatList *lua.LFunction
	Power, Modulo      func(x, y float64) float64
}

// Repair is on when Compile may be called.
var Repair = repair.New("rewrite", "code has the faults of the VM's compiler, and concatenations know no limit", probe)

// Compile returns the code of a chunk, which is immutable and may be used by all states. last becomes the last constant of
// each function, where no instruction looks. prepared is what the chunk was parsed from; without it, lines are the VM's. A
// syntax error is a *source.Error.
func Compile(chunk []ast.Stmt, prepared source.Prepared, name string, f Functions, last lua.LValue) (*lua.FunctionProto, error) {
	r := &rewriter{mark: MarkStart, power: f.Power, modulo: f.Modulo, lines: prepared.Lines, fieldLines: map[*ast.TableExpr][]int{}}
	if chunk = r.block(chunk); r.tooDeep > 0 {
		return nil, &source.Error{Line: r.tooDeep, Message: source.TooManyLevels}
	}
	marks := r.marks()
	p := number(chunk, r.fieldLines)
	if p.tooManyNames > 0 {
		return nil, &source.Error{Line: p.tooManyNames, Message: "constant table overflow"}
	}
	proto, err := compile(chunk, name, p, prepared.LastLine)
	if err != nil {
		return nil, err
	}
	done := finisher{positions: p, marks: marks, functions: f, last: last, lastToken: prepared.LastToken}
	if err := done.finish(proto, true); err != nil {
		return nil, err
	}
	return proto, nil
}

// CompileTree is Compile while the repair is off: it changes the syntax tree alone.
func CompileTree(chunk []ast.Stmt, prepared source.Prepared, name string) (*lua.FunctionProto, error) {
	r := &rewriter{keepConcat: true, lines: prepared.Lines, fieldLines: map[*ast.TableExpr][]int{}}
	if chunk = r.block(chunk); r.tooDeep > 0 {
		return nil, &source.Error{Line: r.tooDeep, Message: source.TooManyLevels}
	}
	return compile(chunk, name, &positions{}, prepared.LastLine)
}

func compile(chunk []ast.Stmt, name string, p *positions, lastLine int) (*lua.FunctionProto, error) {
	proto, err := lua.Compile(chunk, name)
	var failed *lua.CompileError
	if errors.As(err, &failed) {
		return nil, &source.Error{Line: p.failed(failed, lastLine), Message: failed.Message}
	}
	if err != nil {
		return nil, err
	}
	proto.IsVarArg &^= lua.VarArgNeedsArg // a main function has no variable arg, but the VM would make its table
	return proto, nil
}

// failed returns the line of an error. The compiler gives errors about labels the line behind, and has no line for the end
// of a main function.
func (p *positions) failed(err *lua.CompileError, lastLine int) int {
	var label string
	var line int
	if n, _ := fmt.Sscanf(err.Message, "no visible label '%s for <goto> at line %d", &label, &line); n == 2 {
		if p.mainGotos[jumpTo{strings.TrimSuffix(label, "'"), line}] {
			return lastLine
		}
	} else if strings.Contains(err.Message, "label '") || strings.HasPrefix(err.Message, "<goto ") {
		return max(err.Line-1, 1)
	}
	return max(p.line(err.Line), 1)
}

// probe runs a program for each thing that is changed in the code.
func probe() error {
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	join := func(n int, operand func(int) lua.LValue) lua.LValue {
		text := ""
		for i := 1; i <= n; i++ {
			text += operand(i).String()
		}
		return lua.LString(text)
	}
	f := Functions{
		Concat: l.NewFunction(func(l *lua.LState) int {
			l.Push(join(l.GetTop(), l.Get))
			return 1
		}),
		ConcatList: l.NewFunction(func(l *lua.LState) int {
			l.Push(join(l.ToInt(1), l.ToTable(2).RawGetInt))
			return 1
		}),
	}
	last := lua.LString("the last constant")
	for _, p := range probes() {
		chunk, err := parse.Parse(strings.NewReader(p.source), "probe")
		if err != nil {
			return err
		}
		proto, err := Compile(chunk, source.Prepared{}, "probe", f, last)
		if err != nil {
			return err
		}
		l.SetTop(0)
		l.Push(l.NewFunctionFromProto(proto))
		if err := l.PCall(0, 1, nil); err != nil {
			return err
		}
		if got := l.Get(1).String(); got != p.want {
			return fmt.Errorf("%s is %s", p.shows, got)
		}
		if proto.Constants[len(proto.Constants)-1] != last {
			return errors.New("a constant is lost")
		}
	}
	return nil
}

type program struct{ shows, source, want string }

func probes() []program {
	many := strings.Repeat("'x' .. ", maxOperands) + "'x'"
	literals := "local n = 0"
	for i := range maxPlain + 100 {
		literals += fmt.Sprintf(" n = n + %d.5", i)
	}
	full := strings.Repeat("7, ", lua.FieldsPerFlush)
	return []program{
		{"a concatenation", "return 'a' .. 1 .. 'b'", "a1b"},
		{"a long concatenation", "return " + many, strings.Repeat("x", maxOperands+1)},
		{"a constructor", "local function f() return 1, 2 end local t = {" + full + "x = f(), f()} return t[1] + t[51] + t[52] + t.x", "11"},
		{"a sum of many literals", literals + " return n", fmt.Sprint(float64(maxPlain+100)*float64(maxPlain+99)/2 + float64(maxPlain+100)/2)},
		{"a loop that begins with a jump", "local n = 0 repeat if false then return end n = n + 1 until n > 2 return n", "3"},
		{"a negative zero", "local n = -0 return 1 / n", "-Inf"},
	}
}
