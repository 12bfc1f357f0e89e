package golua

import (
	"strings"

	lua "github.com/Shopify/go-lua"
)

// mendMessage gives a message of the VM the words of Lua.
func mendMessage(l *lua.State, text string) string {
	if !strings.Contains(text, "'") {
		return text
	}
	if position, types, ok := strings.Cut(text, "attempt to compare "); ok {
		return position + "attempt to compare " + strings.ReplaceAll(types, "'", "")
	}
	return text
}
