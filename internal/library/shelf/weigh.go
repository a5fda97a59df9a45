package shelf

import (
	"reflect"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// articleBytes is what an article takes beside its texts and ranges, with what an
// answerer prepares of it: as measured.
const articleBytes = 2 << 10

// weigh estimates how many bytes a guild's own index takes, with the articles that
// no other guild has.
func weigh(index *search.Index, c collection) int64 {
	sum := index.Memory()
	for _, a := range c.own {
		sum += weighArticle(a)
	}
	for _, words := range c.synonyms.Groups {
		sum += weighWords(words)
	}
	for _, r := range c.synonyms.Related {
		sum += weighWords(r.Asked)
	}
	return sum
}

// weighArticle counts its texts and ranges. The map back to the source, which an
// article keeps for itself, has some two runs for a block.
func weighArticle(a *article.Article) int64 {
	sum := articleBytes + len(a.Source) + len(a.Canonical) +
		cap(a.Sections)*sizeOf[article.Section]() + cap(a.Passages)*sizeOf[article.Passage]() +
		cap(a.Blocks)*(sizeOf[article.Block]()+2*5*8)
	for _, b := range a.Blocks {
		sum += cap(b.Sentences) * sizeOf[article.Range]()
	}
	for _, p := range a.Passages {
		sum += cap(p.Sentences) * sizeOf[article.Range]()
	}
	return int64(sum)
}

func weighWords(words []string) int64 {
	sum := 0
	for _, w := range words {
		sum += len(w) + sizeOf[string]()
	}
	return int64(sum)
}

func sizeOf[T any]() int { return int(reflect.TypeFor[T]().Size()) }
