package object

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// Label returns the name of an object in messages: mtstates.state(name="foo",id=7), without the name if it has none.
func Label(typeName string, id int64, name string, named bool) string {
	return typeName + suffix(id, name, named)
}

// Text returns what tostring returns in Lua: mtstates.state: 0x1234 (name="foo",id=7).
func Text[T any](typeName string, object *T, id int64, name string, named bool) string {
	return fmt.Sprintf("%s: %p %s", typeName, object, suffix(id, name, named))
}

func suffix(id int64, name string, named bool) string {
	if named {
		return fmt.Sprintf("(name=%q,id=%d)", backend.Quote(name), id)
	}
	return fmt.Sprintf("(id=%d)", id)
}
