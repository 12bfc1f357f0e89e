// Package compare runs Lua programs on every backend and on PUC Lua, and says in what their outputs differ.
//
// The mtfuzz tool and its tests import it.
package compare
