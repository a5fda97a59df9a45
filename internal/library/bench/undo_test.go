package bench_test

import (
	"context"
	"errors"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// hotQuestion is what the moderators ask to be answered, in whatever case.
const hotQuestion = "Is it  HOT?"

// learnt corrects the answer so that it should not have been given, or with a passage.
func (r kilnRig) learnt(t *testing.T, question string, right *library.Place) string {
	t.Helper()
	repair := bench.Repair{Answer: "ans", Kind: library.NoAnswer, Question: question}
	if right != nil {
		repair.Kind, repair.Right = library.WrongPassage, right
	}
	done, err := r.Correct(t.Context(), kilnGuild, repair, byPotter())
	if err != nil {
		t.Fatal(err)
	}
	return done.Correction
}

func (r kilnRig) undo(t *testing.T, correction string) {
	t.Helper()
	if err := r.Undo(t.Context(), kilnGuild, correction, byPotter()); err != nil {
		t.Fatal(err)
	}
}

// expects compares what the one golden question and the one preference want; "" is for
// none of either.
func (r kilnRig) expects(t *testing.T, when string, want library.Expectation) {
	t.Helper()
	g, p := only(t, r.store.Golden()), only(t, r.store.Preferences())
	switch {
	case want == "" && (g != nil || p != nil):
		t.Errorf("%s: there are %+v and %+v", when, g, p)
	case want != "" && (g == nil || g.Value.Expect != want):
		t.Errorf("%s: the golden question is %+v, want %s", when, g, want)
	case want != "" && (p == nil || (p.Value.Article != "") != (want == library.ExpectQuote)):
		t.Errorf("%s: the preference is %+v, want %s", when, p, want)
	}
}

// TestUndo_putsBack: undoing puts back what gave way, in whatever order corrections are undone.
func TestUndo_putsBack(t *testing.T) {
	r := newKilnRig(t)
	right := r.place(t, "Let the kiln")
	first := r.learnt(t, hotQuestion, nil)
	before, second := only(t, r.store.Golden()), r.learnt(t, "is it hot?", &right)
	r.expects(t, "corrected twice", library.ExpectQuote)
	r.undo(t, second)
	r.expects(t, "the second undone", library.ExpectAbstain)
	if after := only(t, r.store.Golden()); *after != *before {
		t.Errorf("the golden question came back as %+v, was %+v", after, before)
	}
	second = r.learnt(t, "is it hot?", &right)
	third := r.learnt(t, "is it hot?", nil)
	r.undo(t, second)
	r.expects(t, "the middle one undone", library.ExpectAbstain)
	r.undo(t, third)
	if after := only(t, r.store.Golden()); *after != *before {
		t.Errorf("the first golden question came back as %+v, was %+v", after, before)
	}
	third = r.learnt(t, "is it hot?", &right)
	r.undo(t, first)
	r.expects(t, "the first one undone", library.ExpectQuote)
	r.undo(t, third)
	r.expects(t, "all undone", "")
}

// A newer record in the same words stands.
func TestUndo_besideANewerOne(t *testing.T) {
	r := newKilnRig(t)
	right := r.place(t, "Let the kiln")
	r.learnt(t, hotQuestion, nil)
	second := r.learnt(t, hotQuestion, &right)
	g := library.Golden{Question: hotQuestion, Expect: library.ExpectTier, Tier: "urgent"}
	if _, err := r.AddGolden(t.Context(), kilnGuild, g, byPotter()); err != nil {
		t.Fatal(err)
	}
	r.undo(t, second)
	if g := only(t, r.store.Golden()); g == nil || g.Value.Expect != library.ExpectTier {
		t.Errorf("golden %+v", g)
	}
}

func TestCorrect_failingPutsBack(t *testing.T) {
	r := newKilnRig(t)
	right := r.place(t, "Let the kiln")
	r.learnt(t, hotQuestion, nil)
	before := *only(t, r.store.Golden())
	r.Queue = failing{}
	_, err := r.Correct(t.Context(), kilnGuild, bench.Repair{Answer: "ans", Kind: library.WrongPassage, Right: &right, Question: hotQuestion}, byPotter())
	if !errors.Is(err, article.ErrUnavailable) {
		t.Fatalf("Correct = %v", err)
	}
	r.expects(t, "after a failure", library.ExpectAbstain)
	if g := *only(t, r.store.Golden()); g != before {
		t.Errorf("golden %+v, was %+v", g, before)
	}
	_ = only(t, r.store.Corrections()) // which wants one at most
}

// shownInstead lets the record of the answer quote another place, as it does once its
// message was edited.
func (r kilnRig) shownInstead(t *testing.T, right library.Place, standing library.Standing) {
	t.Helper()
	p := r.posted(t)
	p.Quoted, p.Hash, p.Sure, p.Shown = right, library.HashOf("right"), 0, standing
	if err := r.store.Redo(t.Context(), kilnGuild, p); err != nil {
		t.Fatal(err)
	}
}

func (r kilnRig) posted(t *testing.T) library.Posted {
	t.Helper()
	p, err := r.store.PostedByID(t.Context(), kilnGuild, "ans")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestUndo_message lets a message that was edited show what it did, in whatever order
// corrections of it are undone.
func TestUndo_message(t *testing.T) {
	r := newKilnRig(t)
	was, right, other := r.place(t, "Open the vents"), r.place(t, "Let the kiln"), r.place(t, "Let the kiln")
	other.End = other.Start + len("Let the kiln cool")
	wantQuoted := func(when string, want library.Place) {
		t.Helper()
		if p := r.posted(t); p.Quoted != want {
			t.Errorf("%s the answer quotes %+v, want %+v", when, p.Quoted, want)
		}
	}
	first := r.learnt(t, "", &right)
	r.undo(t, first)
	wantQuoted("undone before it was edited", was)

	first = r.learnt(t, "", &right)
	r.shownInstead(t, right, library.Retracted)
	r.undo(t, first)
	wantQuoted("undone", was)
	if p := r.posted(t); p.Hash != library.HashOf("Open the vents before you light the kiln.") || p.Shown != library.Retracted || p.Message != "4" {
		t.Errorf("the answer is %+v", p)
	}
	r.wantLastJob(t, first+"/undone")

	first = r.learnt(t, "", &right)
	r.shownInstead(t, right, library.Retracted)
	second := r.learnt(t, "", &other)
	r.shownInstead(t, other, library.Retracted)
	if c := corrections(t, r)[second]; *c.Was != was || c.Hash != library.HashOf("right") {
		t.Errorf("the second correction found %+v", c)
	}
	r.undo(t, first)
	wantQuoted("with the other correction in force", other)
	r.undo(t, second)
	wantQuoted("with both undone", was)
}

// TestUndo_anew leaves an answer alone that was given anew since it was corrected.
func TestUndo_anew(t *testing.T) {
	r := newKilnRig(t)
	right, anew := r.place(t, "Let the kiln"), r.place(t, "Let the kiln")
	anew.End--
	first := r.learnt(t, "", &right)
	r.shownInstead(t, anew, "")
	r.undo(t, first)
	if p := r.posted(t); p.Quoted != anew || p.Hash != library.HashOf("right") {
		t.Errorf("the answer is %+v", p)
	}
}

// contested is a ledger in which somebody else is always quicker.
type contested struct{ library.Ledger }

func (contested) Repin(context.Context, string, library.Posted, library.Posted) error {
	return article.ErrConflict
}

func TestUndo_contested(t *testing.T) {
	r := newKilnRig(t)
	right := r.place(t, "Let the kiln")
	first := r.learnt(t, hotQuestion, &right)
	r.shownInstead(t, right, library.Retracted)
	r.Ledger = contested{r.Ledger}
	if err := r.Undo(t.Context(), kilnGuild, first, byPotter()); !errors.Is(err, article.ErrConflict) {
		t.Errorf("Undo = %v", err)
	}
	r.expects(t, "after a failure", library.ExpectQuote)
	r.Ledger = r.store
	r.undo(t, first)
	r.expects(t, "undone again", "")
}

func corrections(t *testing.T, r kilnRig) map[string]library.Correction {
	t.Helper()
	list, err := r.store.Corrections().List(t.Context(), kilnGuild)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]library.Correction{}
	for _, c := range list {
		all[c.ID] = c.Value
	}
	return all
}

func (r kilnRig) wantLastJob(t *testing.T, what string) {
	t.Helper()
	all, err := r.store.Queue().Jobs(t.Context(), kilnGuild)
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	if last := all[len(all)-1]; last.Key != "guild.propagate/answer/ans/"+what || last.State != jobs.Queued {
		t.Errorf("the last job is %+v", last)
	}
}
