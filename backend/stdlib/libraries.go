package stdlib

import (
	"math"

	"github.com/mtstates/go-mtstates/backend"
)

// Library has the functions of a library by name.
type Library map[string]backend.Function

// libraries returns the functions of this package by library; base functions are under "_G". pcall and xpcall are not
// among them, because the way an error unwinds depends on the VM.
func libraries() map[string]Library {
	return map[string]Library{
		baseName: baseLibrary(),
		"debug":  debugLibrary(),
		"io":     ioLibrary(),
		"math":   mathLibrary(),
		"os":     osLibrary(),
		"string": stringLibrary(),
		"table":  tableLibrary(),
	}
}

// constants returns the entries of libraries that are not functions.
func constants() map[string]map[string]any {
	return map[string]map[string]any{"math": {"huge": math.Inf(1), "pi": math.Pi}}
}

func baseLibrary() Library {
	return Library{
		"assert": baseAssert, "collectgarbage": baseCollectgarbage, "dofile": baseDofile, "error": baseError,
		"getmetatable": baseGetmetatable, "ipairs": baseIpairs, "load": baseLoad, "loadfile": baseLoadfile,
		"loadstring": baseLoadstring, "next": baseNext, "pairs": basePairs, "print": basePrint, "rawequal": baseRawequal,
		"rawget": baseRawget, "rawlen": baseRawlen, "rawset": baseRawset, "require": baseRequire, "select": baseSelect,
		"setmetatable": baseSetmetatable, "tonumber": baseToNumber, "tostring": baseToString, "type": baseType,
		"unpack": tableUnpack,
	}
}

func debugLibrary() Library {
	return Library{
		"getinfo": debugGetinfo, "getmetatable": debugGetmetatable, "getregistry": debugGetregistry,
		"getupvalue": debugGetupvalue, "setmetatable": debugSetmetatable, "setupvalue": debugSetupvalue,
		"traceback": debugTraceback,
	}
}

// ioLibrary lacks the standard files, see OpenIO.
func ioLibrary() Library {
	return Library{
		"close": ioClose, "flush": ioFlush, "input": ioInput, "lines": ioLines, "open": ioOpen, "output": ioOutput,
		"popen": ioPopen, "read": ioRead, "tmpfile": ioTmpfile, "type": ioType, "write": ioWrite,
	}
}

func osLibrary() Library {
	return Library{
		"clock": osClock, "date": osDate, "difftime": osDifftime, "execute": osExecute, "exit": osExit,
		"getenv": osGetenv, "remove": osRemove, "rename": osRename, "setlocale": osSetlocale, "time": osTime, "tmpname": osTmpname,
	}
}

func stringLibrary() Library {
	return Library{
		"byte": stringByte, "char": stringChar, "find": stringFind, "format": stringFormat, "gmatch": stringGmatch,
		"gsub": stringGsub, "len": stringLen, "lower": stringLower, "match": stringMatch, "rep": stringRep,
		"reverse": stringReverse, "sub": stringSub, "upper": stringUpper,
	}
}

func tableLibrary() Library {
	return Library{
		"concat": tableConcat, "insert": tableInsert, "maxn": tableMaxn, "pack": tablePack, "remove": tableRemove,
		"sort": tableSort, "unpack": tableUnpack,
	}
}
