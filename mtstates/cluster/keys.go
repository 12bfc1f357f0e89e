package cluster

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// The keys of the bucket: one per node, one per name, and one that is written whenever a node has new patterns.
const (
	nodePrefix = "node."
	namePrefix = "name."
	catalogKey = "catalog"
)

// maxName is the length of the longest name, as NATS limits the length of subjects.
const maxName = 1000

// encodeName returns a name as a token of subjects and keys, which must not be empty.
func encodeName(name string) string {
	if name == "" {
		return "_"
	}
	return base64.RawURLEncoding.EncodeToString([]byte(name))
}

// subjects builds the subjects of a cluster.
type subjects struct{ prefix string }

// call returns the subject of calls of a claim: PREFIX.call.NODE.NAME.REVISION.
func (s subjects) call(node, encoded string, revision uint64) string {
	return s.prefix + ".call." + node + "." + encoded + "." + strconv.FormatUint(revision, 10)
}

func (s subjects) calls(node string) string { return s.prefix + ".call." + node + ".>" }

// make returns the subject of requests to make a virtual state.
func (s subjects) make(node string) string { return s.prefix + ".make." + node }

// parseCall returns the last two parts of the subject of a call.
func parseCall(subject string) (encoded string, revision uint64, ok bool) {
	i := strings.LastIndexByte(subject, '.')
	if i < 0 {
		return "", 0, false
	}
	revision, err := strconv.ParseUint(subject[i+1:], 10, 64)
	encoded = subject[:i]
	return encoded[strings.LastIndexByte(encoded, '.')+1:], revision, err == nil
}

// decodeName is the inverse of encodeName.
func decodeName(encoded string) string {
	name, _ := base64.RawURLEncoding.DecodeString(encoded) // what nobody encoded has no owner either
	return string(name)
}
