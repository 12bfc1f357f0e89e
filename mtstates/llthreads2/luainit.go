package llthreads2

import (
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// LuaInit returns what the environment wants programs on b to run first, Lua code or "@" and the name of a file: the
// variable LUA_INIT_5_2 for Lua 5.2, and so on, or else LUA_INIT. It is empty if neither is set.
func LuaInit(b backend.Backend) string {
	version := strings.ReplaceAll(strings.TrimPrefix(b.LuaVersion(), "Lua "), ".", "_")
	if text, ok := os.LookupEnv("LUA_INIT_" + version); ok {
		return text
	}
	return os.Getenv("LUA_INIT")
}
