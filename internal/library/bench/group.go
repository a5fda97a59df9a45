package bench

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"verbatim/internal/library"
)

// alike is how alike two questions must be to be in one group, as the cosine of their
// weighted words, from 0 to 1: a few more words in one of them do not part two questions
// that ask for the same, another subject does. Of 9,730 pairs of different questions
// about one article, one is as alike.
const alike = 0.5

// Group puts questions that are alike together, each to the one it is most like and to
// all that are like that one. Words count as much as they are rare among the questions
// (TF-IDF: Salton and Buckley, Term-weighting approaches in automatic text retrieval,
// 1988); groups are the single links of similarity. The question that is most like the
// others of its group stands for all. The largest group is first; the order of missed
// changes nothing.
func Group(missed []library.Missed) []Gap {
	missed = slices.Clone(missed)
	slices.SortFunc(missed, func(a, b library.Missed) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	g := newGrouping(missed)
	for i := range missed {
		for j := range i {
			if s := g.similarity(i, j); s >= alike {
				g.join(i, j)
				g.central[i] += s
				g.central[j] += s
			}
		}
	}
	return g.gaps(missed)
}

// grouping is a partition of questions, in the making.
type grouping struct {
	vectors [][]weighted
	plain   []string  // of each question, for those without a word that counts
	central []float64 // how alike a question is to those that it is like
	parent  []int     // of each question, towards the one that names its group
}

// weighted is a word of a question, by number, with its weight; those of a question have
// length 1 together and are sorted by word.
type weighted struct {
	word   int
	weight float64
}

func newGrouping(missed []library.Missed) *grouping {
	n := len(missed)
	g := &grouping{vectors: make([][]weighted, n), plain: make([]string, n), central: make([]float64, n), parent: make([]int, n)}
	numbers, found := map[string]int{}, map[int]int{}
	for i, m := range missed {
		g.parent[i] = i
		g.plain[i] = strings.ToLower(m.Text)
		for _, stem := range stemsOf(m.Text) {
			if _, known := numbers[stem]; !known {
				numbers[stem] = len(numbers)
			}
			g.vectors[i] = append(g.vectors[i], weighted{word: numbers[stem]})
			found[numbers[stem]]++
		}
	}
	for _, v := range g.vectors {
		weigh(v, found, n)
	}
	return g
}

// weigh gives the words of a question their weights.
func weigh(v []weighted, found map[int]int, n int) {
	length := 0.0
	for i, w := range v {
		v[i].weight = math.Log(1 + float64(n)/float64(found[w.word]))
		length += v[i].weight * v[i].weight
	}
	for i := range v {
		v[i].weight /= math.Sqrt(length)
	}
	slices.SortFunc(v, func(a, b weighted) int { return a.word - b.word })
}

// similarity is the cosine of two questions.
func (g *grouping) similarity(i, j int) float64 {
	a, b := g.vectors[i], g.vectors[j]
	if len(a) == 0 && len(b) == 0 && g.plain[i] == g.plain[j] {
		return 1
	}
	sum := 0.0
	for len(a) > 0 && len(b) > 0 {
		switch d := a[0].word - b[0].word; {
		case d < 0:
			a = a[1:]
		case d > 0:
			b = b[1:]
		default:
			sum += a[0].weight * b[0].weight
			a, b = a[1:], b[1:]
		}
	}
	return sum
}

// group returns the question that names the group of one.
func (g *grouping) group(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// join makes two groups one, named by the older question.
func (g *grouping) join(i, j int) {
	i, j = g.group(i), g.group(j)
	g.parent[max(i, j)] = min(i, j)
}

// gaps returns the groups, the largest first.
func (g *grouping) gaps(missed []library.Missed) []Gap {
	members := map[int][]int{}
	for i := range missed {
		members[g.group(i)] = append(members[g.group(i)], i)
	}
	gaps := make([]Gap, 0, len(members))
	for _, all := range members {
		gap := Gap{Count: len(all), First: missed[all[0]].At, Last: missed[all[len(all)-1]].At}
		best := all[0]
		for _, i := range all {
			gap.IDs = append(gap.IDs, missed[i].ID)
			if g.central[i] > g.central[best]+1e-9 {
				best = i
			}
		}
		gap.Text = missed[best].Text
		gaps = append(gaps, gap)
	}
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(b.Count-a.Count, b.Last.Compare(a.Last), strings.Compare(a.IDs[0], b.IDs[0]))
	})
	return gaps
}

// stemsOf returns what a question is about, each word once.
func stemsOf(text string) []string {
	var stems []string
	for word := range strings.FieldsFuncSeq(strings.ReplaceAll(text, "'", ""), func(r rune) bool { return keyOf(string(r)) == "" }) {
		key := keyOf(word)
		if stem := stemOf(key); !functionWords[key] && !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	return stems
}

// stemOf takes common endings off a word, of the languages that members write: what is
// left tells words of one root apart from others, and is no word itself.
func stemOf(word string) string {
	const short = 4 // letters that stay at least
	for _, suffix := range [...]string{
		"ungen", "ations", "ation", "ments", "ment", "ings", "ing", "ness", "ed", "ies", "ied", "ly", "en", "er", "es", "os", "as", "s", "y", "e", "o", "a", "n",
	} {
		if rest, ok := strings.CutSuffix(word, suffix); ok && len(rest) >= short {
			return rest
		}
	}
	return word
}
