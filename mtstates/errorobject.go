package mtstates

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/binding"
)

// openErrors pushes a table with the errors of a module under their short names, as they are in Lua: objects, whose class
// it registers, or strings. Generated code calls it for each module with errors.
func openErrors(s backend.VM, moduleName string, sentinels []*Error) {
	texts := editionIn(s).textErrors
	if !texts {
		openErrorClass(s, moduleName+".error")
	}
	s.CreateTable(0, 0)
	for _, e := range sentinels {
		if texts {
			s.PushString(e.name)
		} else {
			s.PushUserdata(e, e.typeName())
		}
		s.RawSetField(-2, e.name[len(e.typeName())+1:])
	}
}

func openErrorClass(s backend.VM, typeName string) {
	class := errorClass()
	class.Type = typeName
	if binding.NewClass(s, raise, nil, class) {
		completeErrorClass(s)
	}
	s.SetTop(s.GetTop() - 1)
}

// completeErrorClass completes the metatable of errors, which is on the top with the methods as __index. An error also
// behaves like its text, so scripts that expect error strings work.
func completeErrorClass(s backend.VM) {
	s.RawGetField(-1, "__index")
	s.RawSetField(-2, "__methods")
	s.PushFunction(errorIndex)
	s.RawSetField(-2, "__index")
	s.PushFunction(errorConcat)
	s.RawSetField(-2, "__concat")
	s.PushFunction(errorLen)
	s.RawSetField(-2, "__len")
	s.PushFunction(func(s backend.VM) int { return compareTexts(s, func(order int) bool { return order < 0 }) })
	s.RawSetField(-2, "__lt")
	s.PushFunction(func(s backend.VM) int { return compareTexts(s, func(order int) bool { return order <= 0 }) })
	s.RawSetField(-2, "__le")
	s.PushFunction(func(s backend.VM) int {
		text, _ := arg.Text(s, 1)
		s.PushString(text)
		return 1
	})
	s.RawSetField(-2, "__tostring")
	s.PushFunction(func(s backend.VM) int {
		a, _ := s.ToUserdata(1).(*Error)
		b, _ := s.ToUserdata(2).(*Error)
		s.PushBoolean(a != nil && b != nil && a.name == b.name)
		return 1
	})
	s.RawSetField(-2, "__eq")
}

// errorIndex is __index(err, key): a method of errors, or a function of the string library that receives texts in the
// place of errors.
func errorIndex(s backend.VM) int {
	key, ok := s.ToString(2)
	if !ok || !s.GetMetatable(1) {
		return 0
	}
	s.RawGetField(-1, "__methods")
	s.RawGetField(-1, key)
	if s.Type(-1) != backend.Nil {
		return 1
	}
	if !pushStringFunction(s, key) {
		return 0
	}
	s.PushFunction(func(s backend.VM) int { return callStringFunction(s, key) })
	return 1
}

// pushStringFunction pushes the method key of strings. It returns false if there is none; the value that it pushed then
// has no meaning.
func pushStringFunction(s backend.VM, key string) bool {
	s.PushString("")
	if !s.GetMetatable(-1) {
		return false
	}
	s.RawGetField(-1, "__index")
	if s.Type(-1) != backend.Table {
		return false
	}
	s.RawGetField(-1, key)
	return s.Type(-1) == backend.FunctionType
}

func callStringFunction(s backend.VM, key string) int {
	args := s.GetTop()
	if !s.CheckStack(args + 5) {
		return raise(s, ErrOutOfMemory.With("too many arguments"))
	}
	if !pushStringFunction(s, key) {
		return 0
	}
	backend.Insert(s, args+1)
	s.SetTop(args + 1)
	room := s.Env().MaxString // for all texts together: the same error may occur many times
	for i := 1; i <= args; i++ {
		e, ok := s.ToUserdata(i).(*Error)
		if !ok {
			s.PushValue(i)
			continue
		}
		size := e.Size()
		if size > room {
			return backend.RaiseOutOfMemory()
		}
		room -= size
		s.PushString(e.Error())
	}
	s.Call(args, backend.MultipleResults)
	return s.GetTop() - args
}

// errorConcat is __concat, in which errors stand for their texts.
func errorConcat(s backend.VM) int {
	var operands [2]string
	for i := range operands {
		text, ok := arg.Text(s, i+1)
		if !ok {
			s.PushString(s.Where(1) + "attempt to concatenate a " + s.Type(i+1).String() + " value")
			return s.Error()
		}
		operands[i] = text
	}
	if len(operands[0])+len(operands[1]) > s.Env().MaxString {
		return backend.RaiseOutOfMemory()
	}
	s.PushString(operands[0] + operands[1])
	return 1
}

// errorLen is __len, the length of the text.
func errorLen(s backend.VM) int {
	e, ok := s.ToUserdata(1).(*Error)
	if !ok {
		s.PushString(s.Where(1) + "attempt to get length of a " + s.Type(1).String() + " value")
		return s.Error()
	}
	s.PushNumber(float64(e.Size()))
	return 1
}

// compareTexts is __lt and __le. A number does not count as text here, nor does it in a comparison with a string.
func compareTexts(s backend.VM, holds func(order int) bool) int {
	var operands [2]string
	for i := range operands {
		text, ok := arg.Text(s, i+1)
		if t := s.Type(i + 1); !ok || t == backend.Number {
			s.PushString(s.Where(1) + "attempt to compare " + s.Type(1).String() + " with " + s.Type(2).String())
			return s.Error()
		}
		operands[i] = text
	}
	s.PushBoolean(holds(strings.Compare(operands[0], operands[1])))
	return 1
}

// textFor returns one of the texts of an error for s. It raises the memory error if the text is beyond the limit of s.
func textFor(s backend.VM, of parts) string {
	if size(of) > s.Env().MaxString {
		backend.RaiseOutOfMemory()
	}
	return text(of)
}

func (m *module) errorName(_ backend.VM, e *Error) (string, error) { return e.name, nil }

func (m *module) errorDetails(s backend.VM, e *Error) (details binding.Optional[string], err error) {
	if e.hasDetails {
		details = binding.Some(textFor(s, e.detailsParts))
	}
	return details, nil
}

func (m *module) errorTraceback(s backend.VM, e *Error) (traceback binding.Optional[string], err error) {
	if e.hasTraceback() {
		traceback = binding.Some(textFor(s, e.tracebackParts))
	}
	return traceback, nil
}

func (m *module) errorMessage(s backend.VM, e *Error) (string, error) {
	return textFor(s, e.messageParts), nil
}
