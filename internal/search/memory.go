package search

import (
	"math/bits"
	"reflect"
)

// What the parts of an index take that have no length of their own, in bytes, as
// measured: the analysis chain with its word lists and the weights; a phrase of the
// vocabulary that questions may say, and one that passages may say, once analysed.
const (
	chainBytes   = 16 << 10
	askedBytes   = 160
	writtenBytes = 80
)

// shortBytes is what a short string takes beside its header: the allocator gives
// such strings blocks of 16 bytes.
const shortBytes = 16

// Memory estimates how many bytes the index holds on to once questions have made
// all that is made on demand. What it shares with others does not count: the
// articles, and the texts of the synonyms. It costs some microseconds and is safe
// for concurrent use.
func (x *Index) Memory() int64 {
	return chainBytes + x.corpus.memory() + x.postings.memory() + x.lexicon.memory() + x.speller.memory() + x.scratch()
}

// scratch is what one question takes from the pool and gives back.
func (x *Index) scratch() int64 {
	n := len(x.corpus.passages)
	return int64(n) * (sizeOf[float32]() + sizeOf[int32]()) * 2
}

func (c *corpus) memory() int64 {
	sum := c.termTable.memory() + room(c.df) + room(c.idfs) + room(c.passages)
	for i := range c.passages {
		p := &c.passages[i]
		sum += room(p.terms) + room(p.shapes) + room(p.ends) + room(p.cues) + room(p.leans) + room(p.asks)
		if i == 0 || !same(p.heading, c.passages[i-1].heading) {
			sum += room(p.heading)
		}
		if i == 0 || !same(p.title, c.passages[i-1].title) {
			sum += room(p.title)
		}
	}
	return sum
}

func (t *termTable) memory() int64 {
	sum := room(t.names) + mapRoom[string, int32](len(t.ids))
	for _, name := range t.names {
		sum += max(shortBytes, int64(len(name)))
	}
	return sum
}

func (p *postings) memory() int64 {
	sum := room(p.norms) + room(p.lists)
	for _, list := range p.lists {
		sum += room(list)
	}
	return sum
}

func (l *lexicon) memory() int64 {
	sum := room(l.senses) + mapRoom[bucketKey, *bucket](len(l.buckets))
	for i := range l.senses {
		sum += int64(len(l.senses[i].written)) * writtenBytes
	}
	for _, b := range l.buckets {
		sum += sizeOf[bucket]() + room(b.texts) + int64(len(b.texts))*askedBytes
	}
	return sum
}

// memory counts a word for each phrase of the vocabulary: some have several, and
// many words are in several phrases.
func (s *speller) memory() int64 {
	words := 0
	for _, group := range s.synonyms.Groups {
		words += len(group)
	}
	for _, r := range s.synonyms.Related {
		words += len(r.Asked)
	}
	words += len(s.corpus.names)
	return room(s.synonyms.Groups) + room(s.synonyms.Related) + int64(words)*sizeOf[spelling]()
}

// same reports whether two slices are one.
func same(a, b []int32) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func sizeOf[T any]() int64 { return int64(reflect.TypeFor[T]().Size()) }

// room is the size of the array behind a slice.
func room[T any](s []T) int64 { return int64(cap(s)) * sizeOf[T]() }

// mapRoom is the size of a map of n entries: groups of eight slots with a byte of
// control each, in tables that double at seven eighths full until they have 1,024
// slots and are divided after that, when they are two thirds full on average.
func mapRoom[K comparable, V any](n int) int64 {
	type slot struct {
		_ K
		_ V
	}
	const table, full = 1024, 7
	slots := max(8, 1<<bits.Len(uint(n*8/full)))
	if n > table*full/8 {
		slots = n * 3 / 2
	}
	return int64(slots) * (sizeOf[slot]() + 1)
}
