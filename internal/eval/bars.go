package eval

import (
	"encoding/json"
	"slices"
)

// Measured is what the bars of answer quality are read from. A nil report was not
// measured, and its bars are left out.
type Measured struct {
	Seed, Followups, Squad, Covidqa *Report
	Medquad, Mediqa                 *BEIRReport
}

// Bar is one promise about the quality of answers on a development set: a figure
// that is at least, or at most, Target. Without a target it is only reported.
type Bar struct {
	Set    string  `json:"set"`
	Figure string  `json:"figure"`
	AtMost bool    `json:"at_most"`
	Target float64 `json:"target"`

	read func(Measured) (BarValues, bool)
}

// BarValues are a figure over all rows of a set and over each half, with the
// number of rows behind each.
type BarValues struct {
	All    BarValue `json:"all"`
	InView BarValue `json:"in_view"`
	Hidden BarValue `json:"hidden"`
}

// BarValue is a figure over some rows; without rows it means nothing.
type BarValue struct {
	Value float64
	Rows  int
}

// MarshalJSON writes {"value","rows"}, the value null without rows.
func (v BarValue) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Value *float64 `json:"value"`
		Rows  int      `json:"rows"`
	}{known(v.Value, v.Rows > 0), v.Rows})
}

// Bars returns the bars, in the order of reading.
func Bars() []Bar {
	seed := func(m Measured) *Report { return m.Seed }
	followups := func(m Measured) *Report { return m.Followups }
	squad := func(m Measured) *Report { return m.Squad }
	covidqa := func(m Measured) *Report { return m.Covidqa }
	return []Bar{
		{Set: "seed questions", Figure: "answer shown and right", Target: .92, read: counted(seed, right)},
		{Set: "seed questions", Figure: "answer in excerpt", Target: .92, read: counted(seed, found)},
		{Set: "seed questions", Figure: "kept quiet", Target: .92, read: counted(seed, quiet)},
		{Set: "seed questions", Figure: "median excerpt, bytes", AtMost: true, Target: 260, read: counted(seed, medianExcerpt)},
		{Set: "follow-ups", Figure: "later turns right", Target: .85, read: counted(followups, laterRight)},
		{Set: "squad", Figure: "answer in excerpt", Target: .82, read: counted(squad, found)},
		{Set: "squad", Figure: "AUROC, own unanswerable", Target: .66, read: separated(squad, func(c Confidence) Separation { return c.Own })},
		{Set: "squad", Figure: "AUROC, off-topic", Target: .97, read: separated(squad, func(c Confidence) Separation { return c.OffTopic })},
		{Set: "squad", Figure: "AUROC, article removed", Target: .97, read: separated(squad, func(c Confidence) Separation { return c.Removed })},
		{Set: "covidqa", Figure: "answer in excerpt", Target: .47, read: counted(covidqa, found)},
		{Set: "covidqa", Figure: "AUROC, off-topic", read: separated(covidqa, func(c Confidence) Separation { return c.OffTopic })},
		{Set: "covidqa", Figure: "AUROC, article removed", read: separated(covidqa, func(c Confidence) Separation { return c.Removed })},
		{Set: "medquad", Figure: "nDCG@10", Target: .70, read: ranked(func(m Measured) *BEIRReport { return m.Medquad })},
		{Set: "mediqa", Figure: "nDCG@10", Target: .49, read: ranked(func(m Measured) *BEIRReport { return m.Mediqa })},
	}
}

// counted reads a figure of a report that is counted for each half.
func counted(report func(Measured) *Report, value func(Figures) BarValue) func(Measured) (BarValues, bool) {
	return func(m Measured) (BarValues, bool) {
		r := report(m)
		if r == nil {
			return BarValues{}, false
		}
		return BarValues{value(r.Figures), value(r.InView), value(r.Hidden)}, true
	}
}

func right(f Figures) BarValue      { return part(f.Total.Right, f.Total.Answerable) }
func found(f Figures) BarValue      { return part(f.Total.Found, f.Total.Answerable) }
func quiet(f Figures) BarValue      { return part(f.Total.Quiet, f.Total.Unanswerable) }
func laterRight(f Figures) BarValue { return part(f.LaterTurns.Right, f.LaterTurns.Answerable) }

func medianExcerpt(f Figures) BarValue {
	return BarValue{Value: float64(f.MedianExcerpt), Rows: len(f.lengths)}
}

func part(n, of int) BarValue {
	return BarValue{Value: float64(n) / float64(max(1, of)), Rows: of}
}

// separated reads an AUROC.
func separated(report func(Measured) *Report, which func(Confidence) Separation) func(Measured) (BarValues, bool) {
	return func(m Measured) (BarValues, bool) {
		r := report(m)
		if r == nil || r.Confidence == nil {
			return BarValues{}, false
		}
		s := which(*r.Confidence)
		return BarValues{areaValue(s.All), areaValue(s.InView), areaValue(s.Hidden)}, true
	}
}

func areaValue(a Area) BarValue {
	if !a.defined() {
		return BarValue{}
	}
	return BarValue{Value: a.AUROC, Rows: a.Answerable + a.Negatives}
}

// ranked reads the nDCG of the first system of a report.
func ranked(report func(Measured) *BEIRReport) func(Measured) (BarValues, bool) {
	return func(m Measured) (BarValues, bool) {
		r := report(m)
		if r == nil || len(r.Systems) == 0 {
			return BarValues{}, false
		}
		of := func(f RankingFigures) BarValue { return BarValue{Value: f.NDCG10, Rows: f.Queries} }
		s := r.Systems[0]
		return BarValues{of(s.All), of(s.InView), of(s.Hidden)}, true
	}
}

// BarResult is a bar with what was measured.
type BarResult struct {
	Bar
	BarValues
	Pass bool `json:"pass"`
}

// BarsReport is every bar that was measured. OffTopic names the sets whose rows
// were the off-topic questions of a set.
type BarsReport struct {
	Bars     []BarResult         `json:"bars"`
	OffTopic map[string][]string `json:"off_topic"`
	Skipped  []string            `json:"skipped,omitempty"` // sets that were not measured
}

// JudgeBars compares what was measured with the bars. A bar without rows fails.
func JudgeBars(m Measured, offTopic map[string][]string) *BarsReport {
	r := &BarsReport{Bars: []BarResult{}, OffTopic: offTopic}
	for _, b := range Bars() {
		values, ok := b.read(m)
		if !ok {
			if b.Target > 0 && !slices.Contains(r.Skipped, b.Set) {
				r.Skipped = append(r.Skipped, b.Set)
			}
			continue
		}
		r.Bars = append(r.Bars, BarResult{Bar: b, BarValues: values, Pass: b.holds(values.All)})
	}
	return r
}

func (b Bar) holds(v BarValue) bool {
	switch {
	case b.Target == 0:
		return true
	case v.Rows == 0:
		return false
	case b.AtMost:
		return v.Value <= b.Target
	}
	return v.Value >= b.Target
}

// Passed reports whether every bar that was measured holds.
func (r *BarsReport) Passed() bool {
	return !slices.ContainsFunc(r.Bars, func(b BarResult) bool { return !b.Pass })
}
