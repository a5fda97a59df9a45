package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"verbatim/internal/answer"
)

// Tally counts the verdicts of one kind of question.
type Tally struct {
	Answerable   int `json:"answerable"`
	Right        int `json:"right"`
	Found        int `json:"found"` // the best candidate holds an answer, shown or not
	WrongSpan    int `json:"wrong_span"`
	Missed       int `json:"missed"`
	Unanswerable int `json:"unanswerable"`
	Quiet        int `json:"quiet"`
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

// Report holds the figures of a run. Lengths are medians in bytes, times in
// microseconds.
type Report struct {
	Total         Tally             `json:"total"`
	Kinds         map[string]*Tally `json:"kinds"`
	LaterTurns    Tally             `json:"later_turns"`
	MedianExcerpt int               `json:"median_excerpt"`
	MedianMicros  int64             `json:"median_micros"`
	P99Micros     int64             `json:"p99_micros"`
	Misses        []Miss            `json:"misses,omitempty"`

	lengths []int
	times   []time.Duration
}

func newReport() *Report { return &Report{Kinds: map[string]*Tally{}} }

func (r *Report) add(q Question, ans answer.Answer, took time.Duration) {
	v := Judge(q, ans)
	kind := q.Kind
	if kind == "" {
		kind = "-"
	}
	if r.Kinds[kind] == nil {
		r.Kinds[kind] = &Tally{}
	}
	found := holdsSpan(q, ans)
	r.Total.count(v, found)
	r.Kinds[kind].count(v, found)
	if q.Turn > 0 {
		r.LaterTurns.count(v, found)
	}
	if ans.Quote != nil {
		r.lengths = append(r.lengths, len(ans.Quote.Text))
	}
	r.times = append(r.times, took)
	if v != Right && v != Quiet {
		r.Misses = append(r.Misses, missOf(q, ans, v))
	}
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

func (r *Report) finish() {
	slices.Sort(r.lengths)
	slices.Sort(r.times)
	if n := len(r.lengths); n > 0 {
		r.MedianExcerpt = r.lengths[n/2]
	}
	if n := len(r.times); n > 0 {
		r.MedianMicros = r.times[n/2].Microseconds()
		r.P99Micros = r.times[n*99/100].Microseconds()
	}
}

// WriteText prints the figures as a table, and the misses when asked for.
func (r *Report) WriteText(w io.Writer, misses bool) error {
	var b strings.Builder
	tw := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "kind\tright\tfound\twrong span\tmissed\tkept quiet")
	for _, kind := range slices.Sorted(maps.Keys(r.Kinds)) {
		row(tw, kind, *r.Kinds[kind])
	}
	row(tw, "all", r.Total)
	if r.LaterTurns != (Tally{}) {
		row(tw, "later turns", r.LaterTurns)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "median excerpt %d bytes; a question %d µs at the median, %d µs at p99\n", r.MedianExcerpt, r.MedianMicros, r.P99Micros)
	for _, m := range r.Misses {
		if misses {
			fmt.Fprintf(&b, "\n%s.%d %s (%s, %.2f)\n  Q: %s\n  A: %s\n", m.ID, m.Turn, m.Verdict, m.Outcome, m.Confidence, m.Question, m.Reply)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func row(w io.Writer, name string, t Tally) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\n", name, share(t.Right, t.Answerable), share(t.Found, t.Answerable), t.WrongSpan, t.Missed, share(t.Quiet, t.Unanswerable))
}

func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d %.0f%%", n, of, 100*float64(n)/float64(of))
}
