package conformance

import (
	"regexp"
	"strconv"
)

var (
	address = regexp.MustCompile(`0x[0-9a-fA-F]+`)
	// id is where messages name a state or buffer.
	id = regexp.MustCompile(`\b(id[ =])(\d+)\b`)
	// level is a line of a traceback, behind whose position stands what the VM knows about the function.
	level = regexp.MustCompile(`(?m)^(\t(?:\[Go\]|.*?:\d+)): in .*$`)
)

// normal returns the output of a case without what differs from run to run and from VM to VM: all addresses are equal,
// ids count from 1 in the order in which they appear, and levels of tracebacks are reduced to their position.
func normal(output string) string {
	output = address.ReplaceAllString(output, "0x")
	output = level.ReplaceAllString(output, "$1")
	numbers := map[string]string{}
	return id.ReplaceAllStringFunc(output, func(found string) string {
		parts := id.FindStringSubmatch(found)
		number, ok := numbers[parts[2]]
		if !ok {
			number = strconv.Itoa(len(numbers) + 1)
			numbers[parts[2]] = number
		}
		return parts[1] + number
	})
}
