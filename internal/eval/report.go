package eval

import (
	"slices"
	"time"

	"verbatim/internal/answer"
)

// Tally counts the verdicts of one kind of question.
type Tally struct {
	Answerable   int `json:"answerable"`
	Right        int `json:"right"` // shown, and holds an answer or is the front matter wanted
	Found        int `json:"found"` // right, or the best excerpt, shown or not, holds an answer
	WrongSpan    int `json:"wrong_span"`
	Missed       int `json:"missed"`
	Unanswerable int `json:"unanswerable"`
	Quiet        int `json:"quiet"`
}

func (t *Tally) count(v Verdict, found bool) {
	switch v {
	case Right:
		t.Right++
	case WrongSpan:
		t.WrongSpan++
	case Missed:
		t.Missed++
	case Quiet:
		t.Quiet++
	case Wrong: // the rest of the unanswerable ones
	}
	if v == Wrong || v == Quiet {
		t.Unanswerable++
		return
	}
	t.Answerable++
	if v == Right || found {
		t.Found++
	}
}

// Figures are what was counted on a set, or on one half of it.
type Figures struct {
	Total         Tally `json:"total"`
	LaterTurns    Tally `json:"later_turns"`    // all but the first turn of each conversation
	WrongReplies  Share `json:"wrong_replies"`  // of the replies that were shown, those that are wrong
	MedianExcerpt int   `json:"median_excerpt"` // bytes of a shown excerpt

	lengths []int
}

func (f *Figures) add(q Question, ans answer.Answer, v Verdict, found bool) {
	f.Total.count(v, found)
	if q.Turn > 0 {
		f.LaterTurns.count(v, found)
	}
	if v == Right || v == WrongSpan || v == Wrong {
		f.WrongReplies.count(v != Right)
	}
	if ans.Quote != nil {
		f.lengths = append(f.lengths, len(ans.Quote.Text))
	}
}

func (f *Figures) finish() {
	slices.Sort(f.lengths)
	if n := len(f.lengths); n > 0 {
		f.MedianExcerpt = f.lengths[n/2]
	}
}

// Miss is one question that went wrong.
type Miss struct {
	ID         string  `json:"id"`
	Turn       int     `json:"turn"`
	Question   string  `json:"question"`
	Verdict    Verdict `json:"verdict"`
	Outcome    string  `json:"outcome"`
	Confidence float64 `json:"confidence"`
	Reply      string  `json:"reply"`
}

// Report holds the figures of a run: of all rows, and of the two halves apart.
type Report struct {
	Figures
	InView Figures           `json:"in_view"`
	Hidden Figures           `json:"hidden"`
	Kinds  map[string]*Tally `json:"kinds"`
	Times  *Times            `json:"times,omitempty"` // nil unless questions were asked one by one

	Confidence *Confidence `json:"confidence,omitempty"` // of [MeasureConfidence], when it was asked for
	Baselines  []Baseline  `json:"baselines,omitempty"`  // of [Compare], likewise

	// Misses of the hidden half are only counted, unless it was asked for by name.
	Misses       []Miss `json:"misses,omitempty"`
	HiddenMisses int    `json:"hidden_misses"`

	opts  Options
	times []time.Duration
}

func newReport(opts Options) *Report { return &Report{Kinds: map[string]*Tally{}, opts: opts} }

func (r *Report) add(q Question, rep reply) {
	v, found := Judge(q, rep.Answer), holdsSpan(q, rep.Answer)
	half := &r.Hidden
	if InView(q.ID) {
		half = &r.InView
	}
	r.Figures.add(q, rep.Answer, v, found)
	half.add(q, rep.Answer, v, found)
	kind := q.Kind
	if kind == "" {
		kind = "-"
	}
	if r.Kinds[kind] == nil {
		r.Kinds[kind] = &Tally{}
	}
	r.Kinds[kind].count(v, found)
	r.times = append(r.times, rep.took)
	if v != Right && v != Quiet {
		r.miss(q, rep.Answer, v)
	}
}

func (r *Report) miss(q Question, ans answer.Answer, v Verdict) {
	if !InView(q.ID) && r.opts.Half != Hidden {
		r.HiddenMisses++
		return
	}
	r.Misses = append(r.Misses, missOf(q, ans, v))
}

func missOf(q Question, ans answer.Answer, v Verdict) Miss {
	m := Miss{ID: q.ID, Turn: q.Turn, Question: q.Text, Verdict: v, Outcome: string(ans.Outcome), Confidence: ans.Confidence}
	switch {
	case ans.Meta != nil:
		m.Reply = string(ans.Meta.Field) + ": " + ans.Meta.Text
	case ans.Best != nil:
		m.Reply = ans.Best.Text
	}
	return m
}

func (r *Report) finish() {
	r.Figures.finish()
	r.InView.finish()
	r.Hidden.finish()
	r.Times = timesOf(r.times, r.opts.Workers)
}
