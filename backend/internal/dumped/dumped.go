// Package dumped signs the code that string.dump returns, so that load takes nothing else: VMs do not check their code, and
// code that was made to harm could do anything in the process. Only backends import it.
package dumped

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"strings"
	"sync"
)

// Mark begins binary chunks, as in Lua.
const Mark = "\x1bLua"

// ErrFormat is returned for text that is not code of the backend and of this process.
var ErrFormat = errors.New("bad binary format")

// key is the process's.
var key = sync.OnceValue(func() []byte {
	k := make([]byte, sha256.Size)
	_, _ = rand.Read(k) // never fails
	return k
})

func signature(backend string, code string) []byte {
	h := hmac.New(sha256.New, key())
	h.Write([]byte(backend + "\x00" + code))
	return h.Sum(nil)
}

// Sign returns code of a backend as the text of a binary chunk.
func Sign(backend, code string) string {
	return Mark + string(signature(backend, code)) + code
}

// Open returns the code in a binary chunk.
func Open(backend, text string) (code string, err error) {
	signed, ok := strings.CutPrefix(text, Mark)
	if !ok || len(signed) < sha256.Size {
		return "", ErrFormat
	}
	code = signed[sha256.Size:]
	if !hmac.Equal([]byte(signed[:sha256.Size]), signature(backend, code)) {
		return "", ErrFormat
	}
	return code, nil
}
