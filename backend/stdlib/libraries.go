package stdlib

import "github.com/mtstates/go-mtstates/backend"

// Library is the functions of a library by name.
type Library map[string]backend.Function

// Libraries are the functions of this package by library; base functions are under "_G". Nobody writes to it.
var Libraries = map[string]Library{
	"_G":     {"rawlen": baseRawlen, "select": baseSelect, "tonumber": baseToNumber, "unpack": tableUnpack},
	"io":     ioLibrary,
	"math":   mathLibrary(),
	"os":     osLibrary,
	"string": stringLibrary,
	"table":  tableLibrary,
}

// ioLibrary lacks the standard files, see OpenIO.
var ioLibrary = Library{
	"close": ioClose, "flush": ioFlush, "input": ioInput, "lines": ioLines, "open": ioOpen, "output": ioOutput,
	"popen": ioPopen, "read": ioRead, "tmpfile": ioTmpfile, "type": ioType, "write": ioWrite,
}

var osLibrary = Library{
	"clock": osClock, "date": osDate, "difftime": osDifftime, "execute": osExecute, "exit": osExit,
	"getenv": osGetenv, "remove": osRemove, "rename": osRename, "setlocale": osSetlocale, "time": osTime, "tmpname": osTmpname,
}

var stringLibrary = Library{
	"byte": stringByte, "char": stringChar, "find": stringFind, "format": stringFormat, "gmatch": stringGmatch,
	"gsub": stringGsub, "len": stringLen, "lower": stringLower, "match": stringMatch, "rep": stringRep,
	"reverse": stringReverse, "sub": stringSub, "upper": stringUpper,
}

var tableLibrary = Library{
	"concat": tableConcat, "insert": tableInsert, "maxn": tableMaxn, "pack": tablePack, "remove": tableRemove,
	"sort": tableSort, "unpack": tableUnpack,
}
