package eval

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// fixedRanker finds for every query the same passages, by the place of their
// article in the collection.
type fixedRanker struct {
	collection *Collection
	found      []search.Hit
	err        error
}

func (f fixedRanker) Rank(context.Context, search.Query, int) ([]search.Hit, error) {
	return f.found, f.err
}

func (f fixedRanker) hit(i, passage int, score float64) search.Hit {
	return search.Hit{Article: f.collection.Articles[i], Passage: passage, Score: score}
}

func TestBEIR(t *testing.T) {
	c := readPond(t)
	f := fixedRanker{collection: c}
	// d2 leads by its only passage; d1 and d3 have equal best passages.
	f.found = []search.Hit{f.hit(1, 0, .9), f.hit(2, 0, .5), f.hit(0, 1, .5), f.hit(0, 0, .1)}
	r, err := BEIR(t.Context(), c, []System{{"verbatim", f}}, Options{Now: tick()})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Systems[0]
	// Query a, in view, finds d1 at rank 2; query b, hidden, finds d2 at rank 1.
	if s.InView.MRR10 != .5 || s.Hidden.MRR10 != 1 || s.All.MRR10 != .75 || s.All.Recall1 != .5 || s.All.Queries != 2 {
		t.Errorf("%+v", s)
	}
	if s.Times == nil || s.Times.Median != 1000 || s.Times.P99 != 1000 {
		t.Errorf("times %+v", s.Times)
	}
	var b strings.Builder
	if err := s.Run.Write(&b, "verbatim"); err != nil {
		t.Fatal(err)
	}
	if want := "a Q0 d2 1 0.9 verbatim\na Q0 d1 2 0.5 verbatim\na Q0 d3 3 0.5 verbatim\n"; !strings.HasPrefix(b.String(), want) {
		t.Errorf("run\n%s", b.String())
	}
	checkReportForms(t, r)
}

// checkReportForms compares the JSON and the table of the run above with what
// scripts and people rely on.
func checkReportForms(t *testing.T, r *BEIRReport) {
	t.Helper()
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	got = regexp.MustCompile(`(\.\d{6})\d+`).ReplaceAll(got, []byte("$1")) // processors differ in the last digits
	half := func(queries, ndcg, mrr, first, later string) string {
		return `{"queries":` + queries + `,"ndcg_at_10":` + ndcg + `,"mrr_at_10":` + mrr +
			`,"recall_at_1":` + first + `,"recall_at_5":` + later + `,"recall_at_10":` + later + `,"recall_at_100":` + later + `}`
	}
	want := `{"documents":3,"passages":4,"empty_documents":1,"systems":[{"name":"verbatim",` +
		`"all":` + half("2", "0.815464", "0.75", "0.5", "1") +
		`,"in_view":` + half("1", "0.630929", "0.5", "0", "1") +
		`,"hidden":` + half("1", "1", "1", "1", "1") + `,"times":{"median_micros":1000,"p99_micros":1000}}]}`
	if string(got) != want {
		t.Errorf("JSON\n%s\nwant\n%s", got, want)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"3 documents in 4 passages, and 1 without a word\n", "nDCG@10     0.8155  0.6309   1.0000\n", "a query takes 1000 µs"} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("no %q in\n%s", line, b.String())
		}
	}
}

func TestBEIRHalf(t *testing.T) {
	c := readPond(t)
	r, err := BEIR(t.Context(), c, []System{{"verbatim", fixedRanker{collection: c}}}, Options{Now: tick(), Half: Hidden, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Systems[0]
	if s.All.Queries != 1 || s.Hidden.Queries != 1 || s.InView.Queries != 0 || s.All.NDCG10 != 0 {
		t.Errorf("%+v", s)
	}
}

func TestBEIRFails(t *testing.T) {
	c := readPond(t)
	_, err := BEIR(t.Context(), c, []System{{"verbatim", fixedRanker{err: article.ErrUnavailable}}}, Options{Now: time.Now, Workers: 2})
	if !errors.Is(err, article.ErrUnavailable) || !strings.Contains(err.Error(), "verbatim: query ") {
		t.Errorf("err = %v", err)
	}
}

func TestRunRefusesIDsWithSpaces(t *testing.T) {
	run := Run{{Query: "a b", Documents: ranking("d")}}
	if err := run.Write(&strings.Builder{}, "x"); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("err = %v", err)
	}
}
