package bench_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

const (
	kilnGuild = "100000000000000001"
	potter    = "200000000000000001"
)

// kiln is an article of which the tests quote sentences.
const kiln = `---
title: Firing a kiln
author: Ada Clay
updated: 2024-05-06
---

Open the vents before you light the kiln.

## Cooling

Let the kiln cool for a whole day.
`

// kilnShelves answers from fixed articles; what it was answered from before can be recalled.
type kilnShelves struct {
	bench.Shelves

	now, past []*article.Article
}

func (s *kilnShelves) Articles(context.Context, string) ([]*article.Article, error) {
	return s.now, nil
}

func (s *kilnShelves) Recall(_ context.Context, _ string, p library.Place) (library.Recalled, error) {
	for _, a := range append(s.now, s.past...) {
		if text, err := a.Text(article.Span{Revision: p.Revision, Range: article.Range{Start: p.Start, End: p.End}}); err == nil {
			return library.Recalled{Quote: answer.Quote{Text: text, Article: a.Slug}, Article: a}, nil
		}
	}
	return library.Recalled{}, article.ErrNotFound
}

// kilnRig is a bench over a database with one posted answer, "ans", that quotes the vents.
type kilnRig struct {
	*bench.Bench

	store   *store.Store
	shelves *kilnShelves
}

func newKilnRig(t *testing.T) kilnRig {
	t.Helper()
	at := time.Date(2026, 6, 7, 8, 9, 10, 0, time.UTC)
	now := func() time.Time { at = at.Add(time.Second); return at }
	s, err := store.Open(t.Context(), store.Config{URL: storetest.SQLite(t), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	shelves := &kilnShelves{now: []*article.Article{parseKiln(t, kiln)}}
	n := 0
	b := bench.New(bench.Config{
		Book: s, Trail: s, Ledger: s, Pages: s, Golden: s.Golden(), Corrections: s.Corrections(), Preferences: s.Preferences(),
		Queue: s.Queue(), Shelves: shelves, Now: now, NewID: func() string { n++; return fmt.Sprintf("id%d", n) },
	})
	r := kilnRig{b, s, shelves}
	posted := library.Posted{ID: "ans", Channel: "3", Message: "4", Question: "5", Outcome: "answered", Tier: "safety", Quoted: r.place(t, "Open the vents"), Hash: library.HashOf("vents"), Sure: 900}
	if err := unfenced(t.Context(), s.Post, posted); err != nil {
		t.Fatal(err)
	}
	return r
}

// unfenced records an answer under no lease.
func unfenced[Lease any](ctx context.Context, post func(context.Context, string, library.Posted, Lease) error, p library.Posted) error {
	var none Lease
	return post(ctx, kilnGuild, p, none)
}

func parseKiln(t *testing.T, source string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(source), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// place is where a text begins in the article as it is now, to the end of its sentence.
func (r kilnRig) place(t *testing.T, begins string) library.Place {
	t.Helper()
	a := r.shelves.now[0]
	start := strings.Index(a.Canonical, begins)
	if start < 0 {
		t.Fatalf("the article does not have %q", begins)
	}
	return library.Place{Article: a.Slug, Revision: a.Revision, Start: start, End: start + strings.Index(a.Canonical[start:], ".") + 1}
}

func byPotter() library.Act { return library.Act{Actor: potter, Reason: "it was wrong"} }

func TestCorrect(t *testing.T) {
	const asked = "When do I open the door?"
	tests := map[string]struct {
		repair     bench.Repair
		golden     *library.Golden
		preference *library.Preference
		job        bool
	}{
		"another passage": {
			bench.Repair{Kind: library.WrongPassage, Question: asked, Right: &library.Place{}},
			&library.Golden{Question: asked, Expect: library.ExpectQuote}, &library.Preference{Question: asked}, true,
		},
		"another passage, this answer alone": {bench.Repair{Kind: library.WrongPassage, Question: " \n", Right: &library.Place{}}, nil, nil, true},
		"no answer": {
			bench.Repair{Kind: library.NoAnswer, Question: asked},
			&library.Golden{Question: asked, Expect: library.ExpectAbstain}, &library.Preference{Question: asked}, true,
		},
		"no answer, this answer alone": {bench.Repair{Kind: library.NoAnswer}, nil, nil, true},
		"tier": {
			bench.Repair{Kind: library.WrongTier, Question: asked, Tier: "urgent"},
			&library.Golden{Question: asked, Expect: library.ExpectTier, Tier: "urgent"}, nil, true,
		},
		"removed": {bench.Repair{Kind: library.RemoveAnswer, Question: asked}, nil, nil, true},
		"right": {
			bench.Repair{Kind: library.RightAnswer, Question: asked},
			&library.Golden{Question: asked, Expect: library.ExpectQuote}, nil, false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := newKilnRig(t)
			test.repair.Answer = "ans"
			quoted := r.place(t, "Open the vents")
			if test.repair.Right != nil {
				quoted = r.place(t, "Let the kiln")
				test.repair.Right = &quoted
			}
			done, err := r.Correct(t.Context(), kilnGuild, test.repair, byPotter())
			if err != nil {
				t.Fatal(err)
			}
			if g := test.golden; g != nil && g.Expect == library.ExpectQuote {
				g.Article, g.Revision, g.Start, g.End = quoted.Article, quoted.Revision, quoted.Start, quoted.End
			}
			if p := test.preference; p != nil && test.repair.Right != nil {
				p.Article, p.Revision, p.Start, p.End = quoted.Article, quoted.Revision, quoted.Start, quoted.End
			}
			same(t, "golden", only(t, r.store.Golden()), done.Golden, test.golden)
			same(t, "preference", only(t, r.store.Preferences()), done.Preference, test.preference)
			was := r.place(t, "Open the vents")
			want := &library.Correction{
				Answer: "ans", Kind: test.repair.Kind, Hash: library.HashOf("vents"), Was: &was, Right: test.repair.Right,
				Golden: done.Golden, Preference: done.Preference,
			}
			same(t, "correction", only(t, r.store.Corrections()), done.Correction, want)
			r.wantJob(t, done, test.job)
		})
	}
}

// only returns the one record that there is, or nil.
func only[T any](t *testing.T, records library.Records[T]) *library.Record[T] {
	t.Helper()
	all, err := records.List(t.Context(), kilnGuild)
	if err != nil || len(all) > 1 {
		t.Fatalf("%d records, %v", len(all), err)
	}
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}

// same compares a record, and who made it, with what is wanted.
func same[T any](t *testing.T, what string, got *library.Record[T], id string, want *T) {
	t.Helper()
	if got == nil || want == nil {
		if got != nil || want != nil || id != "" {
			t.Errorf("%s: got %+v with id %q, want %+v", what, got, id, want)
		}
		return
	}
	ignored := cmp.FilterPath(func(p cmp.Path) bool { last := p.Last().String(); return last == ".At" || last == ".By" }, cmp.Ignore())
	if diff := cmp.Diff(*want, got.Value, ignored); diff != "" || got.ID != id {
		t.Errorf("%s %q, want id %q:\n%s", what, got.ID, id, diff)
	}
}

func (r kilnRig) wantJob(t *testing.T, done bench.Repaired, want bool) {
	t.Helper()
	all, err := r.store.Queue().Jobs(t.Context(), kilnGuild)
	if err != nil {
		t.Fatal(err)
	}
	var wanted []jobs.Job
	if want {
		wanted = []jobs.Job{{
			ID: done.Job, Kind: library.PropagateOneJob, Key: "guild.propagate/answer/ans/" + done.Correction, Args: `{"answer":"ans"}`,
			State: jobs.Queued, Guild: kilnGuild,
		}}
	}
	if diff := cmp.Diff(wanted, all, cmpopts.IgnoreFields(jobs.Job{}, "Created", "Updated"), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("jobs:\n%s", diff)
	}
}

func TestCorrect_refusals(t *testing.T) {
	r := newKilnRig(t)
	right, stale, outside := r.place(t, "Let the kiln"), r.place(t, "Let the kiln"), r.place(t, "Let the kiln")
	stale.Revision = "another"
	outside.End = 1 << 20
	elsewhere := right
	elsewhere.Article = "glazes"
	tests := map[string]struct {
		repair bench.Repair
		class  error
		says   string
	}{
		"no such answer":          {bench.Repair{Answer: "x", Kind: library.RemoveAnswer}, article.ErrNotFound, "is not kept any more"},
		"no passage":              {bench.Repair{Answer: "ans", Kind: library.WrongPassage}, article.ErrInvalid, "choose the passage"},
		"passage of another text": {bench.Repair{Answer: "ans", Kind: library.WrongPassage, Right: &stale}, article.ErrConflict, "choose it again"},
		"passage outside":         {bench.Repair{Answer: "ans", Kind: library.WrongPassage, Right: &outside}, article.ErrInvalid, "are no passage"},
		"no such article":         {bench.Repair{Answer: "ans", Kind: library.WrongPassage, Right: &elsewhere}, article.ErrNotFound, "glazes"},
		"same tier":               {bench.Repair{Answer: "ans", Kind: library.WrongTier, Tier: "safety"}, article.ErrInvalid, "never lower it"},
		"lower tier":              {bench.Repair{Answer: "ans", Kind: library.WrongTier, Tier: "none"}, article.ErrInvalid, "never lower it"},
		"no such tier":            {bench.Repair{Answer: "ans", Kind: library.WrongTier, Tier: "grave"}, article.ErrInvalid, "crisis"},
		"right without words":     {bench.Repair{Answer: "ans", Kind: library.RightAnswer, Question: "  "}, article.ErrInvalid, "in your own words"},
		"long":                    {bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: strings.Repeat("é", 4001)}, article.ErrTooLarge, "4001 characters, and the limit is 4000"},
		"no text":                 {bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: "a\x00b"}, article.ErrInvalid, "plain text"},
		"unknown":                 {bench.Repair{Answer: "ans", Kind: "odd"}, article.ErrInvalid, `"odd"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := r.Correct(t.Context(), kilnGuild, test.repair, byPotter())
			if !errors.Is(err, test.class) || !strings.Contains(fmt.Sprint(err), test.says) {
				t.Errorf("error %v", err)
			}
		})
	}
	if _, err := r.Correct(t.Context(), "100000000000000002", bench.Repair{Answer: "ans", Kind: library.RemoveAnswer}, byPotter()); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("an answer of another guild: %v", err)
	}
	if last, err := r.store.LastEntry(t.Context(), kilnGuild); err != nil || last.N != 0 {
		t.Errorf("something was recorded: %+v, %v", last, err)
	}
}

// What was quoted is expected where the article has it now.
func TestCorrect_rightAfterARevision(t *testing.T) {
	r := newKilnRig(t)
	r.shelves.past = r.shelves.now
	r.shelves.now = []*article.Article{parseKiln(t, strings.Replace(kiln, "Open the", "Wear gloves. Open the", 1))}
	repair := bench.Repair{Answer: "ans", Kind: library.RightAnswer, Question: "What comes first?"}
	if _, err := r.Correct(t.Context(), kilnGuild, repair, byPotter()); err != nil {
		t.Fatal(err)
	}
	want, got := r.place(t, "Open the"), only(t, r.store.Golden()).Value
	if got.Start != want.Start || got.End != want.End || got.Revision != want.Revision {
		t.Errorf("golden %+v, want %+v", got, want)
	}
	r.shelves.now = []*article.Article{parseKiln(t, strings.Replace(kiln, "Open the vents", "Close the lid", 1))}
	if _, err := r.Correct(t.Context(), kilnGuild, repair, byPotter()); !errors.Is(err, article.ErrConflict) {
		t.Errorf("words that are gone: %v", err)
	}
}

// Answers without a quote are kept as what they are.
func TestCorrect_rightWithoutAQuote(t *testing.T) {
	tests := map[string]struct {
		outcome, tier string
		want          library.Golden
		class         error
	}{
		"silence":       {"abstained", "safety", library.Golden{Question: "Why?", Expect: library.ExpectAbstain}, nil},
		"card":          {"card", "urgent", library.Golden{Question: "Why?", Expect: library.ExpectTier, Tier: "urgent"}, nil},
		"about authors": {"meta", "none", library.Golden{}, article.ErrInvalid},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := newKilnRig(t)
			p := library.Posted{ID: "other", Channel: "3", Message: "6", Question: "7", Outcome: test.outcome, Tier: test.tier}
			if err := unfenced(t.Context(), r.store.Post, p); err != nil {
				t.Fatal(err)
			}
			done, err := r.Correct(t.Context(), kilnGuild, bench.Repair{Answer: "other", Kind: library.RightAnswer, Question: "Why?"}, byPotter())
			if !errors.Is(err, test.class) {
				t.Fatalf("Correct = %v", err)
			}
			if test.class == nil {
				same(t, "golden", only(t, r.store.Golden()), done.Golden, &test.want)
			}
		})
	}
}

func TestCorrect_replacesTheSameQuestion(t *testing.T) {
	r := newKilnRig(t)
	first, second := bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: "Is it  HOT?"}, bench.Repair{Answer: "ans", Kind: library.WrongPassage, Question: "is it hot?"}
	right := r.place(t, "Let the kiln")
	second.Right = &right
	if _, err := r.Correct(t.Context(), kilnGuild, first, byPotter()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Correct(t.Context(), kilnGuild, second, byPotter()); err != nil {
		t.Fatal(err)
	}
	if g := only(t, r.store.Golden()).Value; g.Expect != library.ExpectQuote {
		t.Errorf("golden %+v", g)
	}
	if p := only(t, r.store.Preferences()).Value; p.Article == "" {
		t.Errorf("preference %+v", p)
	}
}

func TestUndo(t *testing.T) {
	r := newKilnRig(t)
	ctx := t.Context()
	done, err := r.Correct(ctx, kilnGuild, bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: "Why fire twice?"}, byPotter())
	if err != nil {
		t.Fatal(err)
	}
	pointed, err := r.Point(ctx, kilnGuild, "How long does it cool?", r.place(t, "Let the kiln"), byPotter())
	if err != nil || pointed.Job != "" {
		t.Fatalf("Point = %+v, %v", pointed, err)
	}
	list, err := r.Corrections(ctx, kilnGuild)
	if err != nil || len(list) != 2 || list[0].ID != pointed.Correction || list[0].Question != "How long does it cool?" || list[1].Question != "Why fire twice?" || list[0].Undone {
		t.Fatalf("Corrections = %+v, %v", list, err)
	}
	for _, id := range []string{done.Correction, pointed.Correction} {
		if err := r.Undo(ctx, kilnGuild, id, byPotter()); err != nil {
			t.Fatal(err)
		}
		if err := r.Undo(ctx, kilnGuild, id, byPotter()); !errors.Is(err, article.ErrNotFound) || !strings.Contains(err.Error(), "undone it already") {
			t.Errorf("undoing it twice: %v", err)
		}
	}
	if only(t, r.store.Golden()) != nil || only(t, r.store.Preferences()) != nil || only(t, r.store.Corrections()) != nil {
		t.Error("something is left")
	}
	all, err := r.store.Queue().Jobs(ctx, kilnGuild)
	if err != nil || len(all) != 2 || all[1].Key != "guild.propagate/answer/ans/"+done.Correction+"/undone" {
		t.Errorf("jobs %+v, %v", all, err)
	}
	entries, err := r.store.Audit(ctx, kilnGuild, 0, 100)
	if err != nil || len(entries) != 12 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		if e.Actor != potter || e.Reason != "it was wrong" {
			t.Errorf("entry %+v", e)
		}
	}
}

func TestCorrections_spent(t *testing.T) {
	r := newKilnRig(t)
	ctx := t.Context()
	done, err := r.Correct(ctx, kilnGuild, bench.Repair{Answer: "ans", Kind: library.WrongTier, Tier: "urgent", Question: "Does smoke harm?"}, byPotter())
	if err != nil {
		t.Fatal(err)
	}
	undone := func() bool {
		t.Helper()
		list, err := r.Corrections(ctx, kilnGuild)
		if err != nil || len(list) != 1 {
			t.Fatalf("Corrections = %+v, %v", list, err)
		}
		return list[0].Undone
	}
	if undone() {
		t.Error("it is in force")
	}
	if err := r.store.Golden().Delete(ctx, kilnGuild, done.Golden, byPotter()); err != nil {
		t.Fatal(err)
	}
	if undone() {
		t.Error("the message still says it")
	}
	if err := r.store.Forget(ctx, kilnGuild, "ans"); err != nil {
		t.Fatal(err)
	}
	if !undone() {
		t.Error("nothing of it is left")
	}
}

func TestCorrect_manyGoldens(t *testing.T) {
	r := newKilnRig(t)
	r.Golden = crowded{r.Golden}
	repair := bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: "Why?"}
	if _, err := r.Correct(t.Context(), kilnGuild, repair, byPotter()); !errors.Is(err, article.ErrTooLarge) || !strings.Contains(err.Error(), "the limit is 500") {
		t.Errorf("a golden question too many: %v", err)
	}
	repair.Question = ""
	if _, err := r.Correct(t.Context(), kilnGuild, repair, byPotter()); err != nil {
		t.Errorf("without a question: %v", err)
	}
}

// crowded are as many golden questions as a guild may have.
type crowded struct {
	library.Records[library.Golden]
}

func (crowded) List(context.Context, string) ([]library.Record[library.Golden], error) {
	return make([]library.Record[library.Golden], 500), nil
}

// failing is a queue that takes nothing.
type failing struct{ jobs.Queue }

func (failing) Enqueue(context.Context, string, jobs.Job) (jobs.Job, bool, error) {
	return jobs.Job{}, false, article.ErrUnavailable
}

func TestCorrect_takesBackWhatFailed(t *testing.T) {
	r := newKilnRig(t)
	r.Queue = failing{}
	_, err := r.Correct(t.Context(), kilnGuild, bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: "Why?"}, byPotter())
	if !errors.Is(err, article.ErrUnavailable) {
		t.Fatalf("Correct = %v", err)
	}
	if only(t, r.store.Golden()) != nil || only(t, r.store.Preferences()) != nil || only(t, r.store.Corrections()) != nil {
		t.Error("half of it is left")
	}
}

func TestNote(t *testing.T) {
	r := newKilnRig(t)
	name, err := r.Note(t.Context(), kilnGuild, []byte(`{"a":1}`))
	if err != nil || len(name) != 32 {
		t.Fatalf("Note = %q, %v", name, err)
	}
	if value, err := r.Noted(t.Context(), kilnGuild, name); err != nil || string(value) != `{"a":1}` {
		t.Errorf("Noted = %q, %v", value, err)
	}
	for guild, name := range map[string]string{kilnGuild: strings.Repeat("x", 32), "100000000000000002": name} {
		if _, err := r.Noted(t.Context(), guild, name); !errors.Is(err, article.ErrNotFound) || !strings.Contains(err.Error(), "begin again") {
			t.Errorf("Noted of %s = %v", guild, err)
		}
	}
}
