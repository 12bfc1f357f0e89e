package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// giveResult returns what makes the Go value in the variable name a result for binding.Call.Return.
func giveResult(r *spec.Result, name string) *jen.Statement {
	value := jen.Id(name)
	typ, _ := r.Single()
	give, scalar := takers[typ]
	absent := ""
	switch {
	case r.Optional:
		absent = "Maybe"
	case r.Nil():
		absent = "OrNil"
	}
	switch {
	case !scalar:
		// binding.Userdata(v, "mtmsg.buffer")
		return jen.Qual(bindingPath, "Userdata").Call(value, jen.Lit(typ))
	case absent != "":
		// binding.Maybe(v, binding.String)
		return jen.Qual(bindingPath, absent).Call(value, jen.Qual(bindingPath, give))
	}
	// binding.String(v)
	return jen.Qual(bindingPath, give).Call(value)
}
