package bench

import (
	"fmt"
	"hash/maphash"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Two texts are compared by their runs of words, as Broder does (On the resemblance and
// containment of documents, 1997): how many of the different runs of the shorter text
// stand in the other as well. Runs of three words are seldom the same in texts of
// different authors, even on one subject; and a text of which every word in five was
// changed, at random places, still has 0.8³, or half, of its runs.
const (
	runWords    = 3
	nearlySame  = 0.5
	fewestRuns  = 10 // a shorter text is said of many things
	maxSimilars = 3
)

// nearDuplicates names articles that say nearly what an article says.
func nearDuplicates(a *article.Article, others []*article.Article) []string {
	seed := maphash.MakeSeed()
	mine := distinct(runsOf(seed, a.Canonical))
	var list []string
	for _, o := range others {
		share := contained(mine, runsOf(seed, o.Canonical))
		if share < nearlySame {
			continue
		}
		list = append(list, fmt.Sprintf("It is nearly the same as %s, %s: of the shorter text, %.0f%% stands in the other as well. Publish it only if members need both.",
			o.Slug, shown(o.Meta.Title), 100*share))
		if len(list) == maxSimilars {
			break
		}
	}
	return list
}

// contained is the share of the different runs of the shorter text that are in the
// other, 0 for texts that are too short to tell.
func contained(mine map[uint64]bool, theirs []uint64) float64 {
	if len(theirs) < len(mine) {
		small := distinct(theirs)
		return shareIn(small, func(run uint64) bool { return mine[run] })
	}
	stands := make(map[uint64]bool, len(mine))
	for _, run := range theirs {
		if mine[run] {
			stands[run] = true
		}
	}
	return shareIn(mine, func(run uint64) bool { return stands[run] })
}

func shareIn(runs map[uint64]bool, stands func(run uint64) bool) float64 {
	if len(runs) < fewestRuns {
		return 0
	}
	common := 0
	for run := range runs {
		if stands(run) {
			common++
		}
	}
	return float64(common) / float64(len(runs))
}

func distinct(runs []uint64) map[uint64]bool {
	set := make(map[uint64]bool, len(runs))
	for _, run := range runs {
		set[run] = true
	}
	return set
}

// runsOf returns the runs of words of a text, as hashes. That of a run is made of those
// of its words by multiplying with an odd number, so that their order counts.
func runsOf(seed maphash.Seed, text string) []uint64 {
	const odd = 0x9E3779B97F4A7C15
	words := library.Words(text)
	hashes := make([]uint64, len(words))
	for i, word := range words {
		hashes[i] = maphash.String(seed, word)
	}
	runs := make([]uint64, max(0, len(words)-runWords+1))
	for i := range runs {
		for _, h := range hashes[i : i+runWords] {
			runs[i] = runs[i]*odd + h
		}
	}
	return runs
}
