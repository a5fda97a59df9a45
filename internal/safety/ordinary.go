package safety

import (
	_ "embed" // the set of ordinary words
	"hash/fnv"
	"io"
)

//go:generate go run ./genwords

// ordinaryBits is a Bloom filter of English words; genwords says how it is made.
//
//go:embed ordinary.bloom
var ordinaryBits string

// ordinaryProbes is the number of bits that each word sets.
const ordinaryProbes = 7

// isOrdinary reports whether a word is an ordinary English word, which is then not
// taken for a misspelling of another one. About one strange word in a hundred is
// taken for an ordinary one.
func isOrdinary(word string) bool {
	h := fnv.New64a()
	_, _ = io.WriteString(h, word) // a hash takes everything
	sum := h.Sum64()
	bit, step := uint32(sum), uint32(sum>>32)|1
	for range ordinaryProbes {
		at := bit % uint32(len(ordinaryBits)*8)
		if ordinaryBits[at/8]&(1<<(at%8)) == 0 {
			return false
		}
		bit += step
	}
	return true
}
