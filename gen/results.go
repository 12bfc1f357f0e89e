package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// giveResult returns what makes the Go value in the variable name a result for binding.Call.Return.
func (w moduleWriter) giveResult(r *spec.Result, name string) *jen.Statement {
	value := jen.Id(name)
	typ, _ := r.Single()
	class := w.classOf(typ)
	absent := ""
	switch {
	case r.Optional:
		absent = "Maybe"
	case r.Nil():
		absent = "OrNil"
	}
	switch {
	case class != nil && absent != "":
		// binding.OrNil(binding.NotNil(v), func(v Cart) binding.Result { return binding.Userdata(v, "shop.cart") })
		return jen.Qual(bindingPath, absent).Call(
			jen.Qual(bindingPath, "NotNil").Call(value),
			jen.Func().Params(jen.Id("v").Add(objectType(class))).Qual(bindingPath, "Result").Block(
				jen.Return(userdataResult(class, "v")),
			),
		)
	case class != nil:
		return userdataResult(class, name)
	case absent != "":
		// binding.Maybe(v, binding.String)
		return jen.Qual(bindingPath, absent).Call(value, jen.Qual(bindingPath, takers[typ]))
	}
	// binding.String(v)
	return jen.Qual(bindingPath, takers[typ]).Call(value)
}

// userdataResult returns binding.Userdata(v, "mtmsg.buffer").
func userdataResult(c *spec.Class, v string) *jen.Statement {
	return jen.Qual(bindingPath, "Userdata").Call(userdata(c, v), jen.Lit(c.Type))
}

// classOf returns the class of the module with the type, nil when there is none.
func (w moduleWriter) classOf(typ string) *spec.Class {
	for _, c := range w.Classes {
		if c.Type == typ {
			return c
		}
	}
	return nil
}
