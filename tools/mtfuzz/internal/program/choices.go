package program

import "math/rand/v2"

// Choices decide what a program looks like. IntN returns a number from 0 to n-1.
type Choices interface{ IntN(n int) int }

// Seeded returns the choices of the program with the number in the series of the seed.
func Seeded(seed, number uint64) Choices { return rand.New(rand.NewPCG(seed, number)) }

// Bytes returns choices that the bytes make, for fuzzers that know how to change bytes. Behind the last byte every choice
// is 0.
func Bytes(data []byte) Choices { return &byteChoices{data} }

type byteChoices struct{ rest []byte }

func (c *byteChoices) IntN(n int) int {
	value := 0
	for limit := 1; limit < n && len(c.rest) > 0; limit <<= 8 {
		value = value<<8 | int(c.rest[0])
		c.rest = c.rest[1:]
	}
	return value % n
}
