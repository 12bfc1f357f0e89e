package compare

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Programs and outputs go from process to process as texts behind a line with their length.

func writeText(w io.Writer, text string) { fmt.Fprintf(w, "%d\n%s", len(text), text) }

func readText(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return "", err
	}
	length, err := strconv.Atoi(strings.TrimSuffix(line, "\n"))
	if err != nil {
		return "", err
	}
	text := make([]byte, length)
	_, err = io.ReadFull(r, text)
	return string(text), err
}
