package golua

import (
	"math"

	lua "github.com/Shopify/go-lua"
)

// mended returns the functions that the VM lacks, or has otherwise than the contract or the Lua manual.
func mended() map[kind]map[string]lua.Function {
	return map[kind]map[string]lua.Function{
		globalsTable: {
			"assert": baseAssert, "collectgarbage": collectGarbage, "dofile": baseDofile, "error": baseError,
			"getmetatable": baseGetmetatable, "ipairs": baseIpairs, "load": baseLoad, "loadfile": baseLoadfile,
			"loadstring": baseLoadstring, "next": baseNext, "pairs": basePairs, "pcall": basePcall,
			"print": basePrint, "rawequal": baseRawequal, "rawget": baseRawget,
			"rawset": baseRawset, "require": require, "setmetatable": baseSetmetatable,
			"tostring": baseTostring, "type": baseType,
			"xpcall": baseXpcall,
		},
		debugLibrary: {
			"gethook": debugGethook, "getinfo": debugGetinfo, "getmetatable": debugGetmetatable, "getregistry": debugGetregistry,
			"getupvalue": debugGetupvalue, "sethook": debugSethook, "setmetatable": debugSetmetatable,
			"setupvalue": debugSetupvalue, "traceback": debugTraceback, "upvalueid": debugUpvalueid,
			"upvaluejoin": debugUpvaluejoin,
		},
		packageLibrary: {"loadlib": loadlib, "searchpath": searchpath},
	}
}

// constants are what the libraries have besides functions and the VM has otherwise.
var constants = map[kind]map[string]any{
	globalsTable: {"_VERSION": "Lua 5.2"},
	mathLibrary:  {"huge": math.Inf(1)}, // the VM has the largest finite number
}
