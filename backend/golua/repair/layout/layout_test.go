package layout

import (
	"testing"

	lua "github.com/Shopify/go-lua"
)

// TestCheck says that the mirrors are those of the VM that go.mod names.
func TestCheck(t *testing.T) {
	if err := Check(); err != nil {
		t.Fatal(err)
	}
	l := lua.NewState()
	if err := lua.DoString(l, "local t = {10, x = 20} return setmetatable or t, t, function() return t end"); err != nil {
		t.Fatal(err)
	}
	table := TableOf(l.ToValue(-2))
	if table == nil || table.Get(1.0) != 10.0 || table.Get("x") != 20.0 || table.Get(2.0) != nil || table.Get(nil) != nil {
		t.Error("a table reads wrongly")
	}
	closure := ClosureOf(l.ToValue(-1))
	if closure == nil || TableOf(closure.UpValues[0].Get()) != table {
		t.Error("an upvalue reads wrongly")
	}
	if TypeName(l.ToValue(-1)) != "function" || TypeName(nil) != "nil" || TypeName(struct{}{}) != "userdata" {
		t.Error("names of types are wrong")
	}
	if Value(TableKind, Pointer(l.ToValue(-2))) != l.ToValue(-2) {
		t.Error("a value does not come back")
	}
}
