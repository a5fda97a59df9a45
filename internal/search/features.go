package search

// Features are the parts of a candidate's score, most of them from 0 to 1. They
// are what a moderator is shown when asking why an answer was chosen.
//
// Coverage means the share of the question that a text holds: the sum of weight
// times inverse document frequency over the words found, divided by that over all.
type Features struct {
	BM25F        float64 // over the most that the question could score
	Passage      float64 // coverage by the passage with its heading
	Sentence     float64 // coverage by the best sentence
	Cue          float64 // how far that sentence has the sort of thing that was asked for
	CueMass      float64 // the same, by how rare such passages are
	Novel        float64 // 1 when the sentence has a name or number that the question lacks
	Heading      float64 // coverage by the heading
	HeadingNamed float64 // how much of the heading the question names
	Title        float64 // coverage by the title
	TitleNamed   float64 // how much of the title the question names
	Rest         float64 // coverage, by the text, of what the title does not cover
	Order        float64 // neighbouring words of the question that stand together in order
	Window       float64 // greatest coverage by eight words side by side
	Article      float64 // coverage by all candidates of the same article together
	ArticleSum   float64 // logarithm of the sum of BM25F over all passages of the article
	Around       float64 // coverage by the passage with the ones before and after
	Hint         float64 // 1 when the text has words that such answers use
	HintHeading  float64 // the same for the heading
	Length       float64 // logarithm of the length over the mean
	Early        float64 // 1 for the first passage of its article, 1/2 for the second ...
	CueShare     float64 // share of the sentences that have what was asked for
	FirstCue     float64 // how far the first sentence has it
}

// rankingSize is the number of weights of the linear re-ranker.
const rankingSize = 24

func (f Features) values() [rankingSize]float64 {
	return [rankingSize]float64{
		f.BM25F, f.Passage, f.Sentence, f.Cue, f.CueMass, f.Novel,
		f.Heading, f.HeadingNamed, f.HeadingNamed * f.Heading, f.Title, f.TitleNamed, f.TitleNamed * f.Title,
		f.Rest, f.Order, f.Window, f.Article, f.ArticleSum, f.Around,
		f.Hint, f.HintHeading, f.Length, f.Early, f.CueShare, f.FirstCue,
	}
}

func rankingNames() []string {
	return []string{
		"bm25f", "passage", "sentence", "cue", "cue_mass", "novel",
		"heading", "heading_named", "heading_match", "title", "title_named", "title_match",
		"rest", "order", "window", "article", "article_sum", "around",
		"hint", "hint_heading", "length", "early", "cue_share", "first_cue",
	}
}

// SentenceFeatures are what the sentences of a passage are told apart by.
type SentenceFeatures struct {
	Coverage float64 // coverage by the sentence
	Before   float64 // further coverage by the sentence before
	Leaning  float64 // the same, when the sentence opens with a word that points back
	Cue      float64 // how far it has the sort of thing that was asked for
	CueMass  float64 // the same, by how rare such passages are
	Hint     float64 // 1 when it has words that such answers use
	Novel    float64 // 1 when it has a name or number that the question lacks
	Dense    float64 // coverage over the length
	First    float64 // 1 for the first sentence, 1/2 for the second ...
}

// sentenceSize is the number of weights that choose the sentence.
const sentenceSize = 10

func (f SentenceFeatures) values() [sentenceSize]float64 {
	return [sentenceSize]float64{
		f.Coverage, f.Before, f.Leaning, f.Cue, f.Cue * f.Coverage, f.CueMass, f.Hint, f.Novel, f.Dense, f.First,
	}
}

func sentenceNames() []string {
	return []string{"coverage", "before", "leaning", "cue", "cue_coverage", "cue_mass", "hint", "novel", "dense", "first"}
}

// Evidence is what the confidence is judged by: how much of the question the
// best candidate holds, how far it leads, how much of the question the articles
// know at all, and how many passages there are to match by chance.
type Evidence struct {
	BM25F      float64 // of the passage, what was asked for included
	Words      float64 // words of the question found in the excerpt, each counting the same
	Thin       float64 // Size, less as the best sentence holds up to two rare words
	Order      float64 // neighbouring words of the question that stand together in order
	Lead       float64 // score of the best candidate less that of the next rival, up to 4, over 4
	Score      float64 // score of the best candidate
	Absent     float64 // words that no article has under any name the vocabulary knows, up to 2, over 2
	Unheard    float64 // words that neither the articles nor the vocabulary know, up to 2, over 2
	Particular float64 // 1 when the question asks for something in particular
	Size       float64 // decimal logarithm of the number of passages, over 5, at most .6
}

// evidenceSize is the number of weights of the confidence, the bias not counted.
const evidenceSize = 10

func (e Evidence) values() [evidenceSize]float64 {
	return [evidenceSize]float64{
		e.BM25F, e.Words, e.Thin, e.Order, e.Lead, e.Score, e.Absent, e.Unheard, e.Particular, e.Size,
	}
}

func evidenceNames() []string {
	return []string{"bm25f", "words", "thin", "order", "lead", "score", "absent", "unheard", "particular", "size"}
}
