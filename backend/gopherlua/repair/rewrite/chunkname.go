package rewrite

import lua "github.com/yuin/gopher-lua"

// ChunkName is the full name of the chunk that code is from; the VM keeps the short form. It is the last constant of
// each function.
type ChunkName struct{ Name string }

// String and Type make *ChunkName a value of the VM.
func (c *ChunkName) String() string       { return c.Name }
func (c *ChunkName) Type() lua.LValueType { return lua.LTUserData }

// ChunkOf returns the name under which the code was compiled.
func ChunkOf(proto *lua.FunctionProto) string {
	if n := len(proto.Constants); n > 0 {
		if c, ok := proto.Constants[n-1].(*ChunkName); ok {
			return c.Name
		}
	}
	return "=" + proto.SourceName
}
