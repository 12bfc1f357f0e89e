package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// byteSize is a number of bytes on the command line: a number, and KiB, MiB or GiB perhaps.
type byteSize int

// units are the factors of the suffixes.
var units = []struct {
	suffix string
	bytes  int
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"B", 1}, {"", 1}}

func (n *byteSize) String() string { return strconv.Itoa(int(*n)) }
func (n *byteSize) Type() string   { return "size" }

func (n *byteSize) Set(text string) error {
	for _, unit := range units {
		digits, ok := strings.CutSuffix(text, unit.suffix)
		if !ok {
			continue
		}
		count, err := strconv.Atoi(digits)
		if err != nil || count <= 0 || count > math.MaxInt/unit.bytes {
			break
		}
		*n = byteSize(count * unit.bytes)
		return nil
	}
	return fmt.Errorf("%q is not a size such as 64MiB", text)
}
