// Command genwords writes the set of ordinary English words of package safety, by
// which it tells a misspelt word of the rules ("prosttae") from another word ("breeding").
//
// Its source is a list of words, one a line: Debian's package wamerican. What it
// writes is a Bloom filter (Bloom 1970), which holds no text and answers wrongly
// for about one strange word in a hundred. Where the list is absent the set stays
// as it is.
package main

import (
	"bytes"
	"errors"
	"flag"
	"hash/fnv"
	"io/fs"
	"log"
	"os"
)

const (
	bitsPerWord = 10
	probes      = 7 // as in ordinary.go
	minLetters  = 4
)

func main() {
	log.SetFlags(0)
	list := flag.String("list", "/usr/share/dict/american-english", "words, one a line")
	out := flag.String("out", "ordinary.bloom", "the file to write")
	flag.Parse()
	err := generate(*list, *out)
	if errors.Is(err, fs.ErrNotExist) {
		log.Printf("genwords: %v; %s stays as it is. Debian's package wamerican has the list.", err, *out)
		return
	}
	if err != nil {
		log.Fatalf("genwords: %v", err)
	}
}

func generate(list, out string) error {
	raw, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	var words [][]byte
	for word := range bytes.FieldsSeq(bytes.ToLower(raw)) {
		if len(word) >= minLetters && onlyLetters(word) {
			words = append(words, word)
		}
	}
	return os.WriteFile(out, filter(words), 0o644)
}

// filter sets the bits of all words. The hash is split in two, of which the others
// are made (Kirsch and Mitzenmacher 2006).
func filter(words [][]byte) []byte {
	set := make([]byte, (len(words)*bitsPerWord+7)/8)
	for _, word := range words {
		h := fnv.New64a()
		h.Write(word)
		sum := h.Sum64()
		bit, step := uint32(sum), uint32(sum>>32)|1
		for range probes {
			at := bit % uint32(len(set)*8)
			set[at/8] |= 1 << (at % 8)
			bit += step
		}
	}
	return set
}

func onlyLetters(word []byte) bool {
	for _, c := range word {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
