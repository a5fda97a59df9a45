package discord_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// revise lets the article about tea read otherwise.
func (f *furnished) revise(old, now string) {
	f.t.Helper()
	a, err := article.Parse([]byte(strings.Replace(aboutTea, old, now, 1)), article.Options{})
	if err != nil {
		f.t.Fatal(err)
	}
	a.Slug = "tea"
	f.desk.change(func() {
		f.desk.articles = slices.Insert(f.desk.articles, 0, a)
		f.desk.standing["tea"] = library.Revised
	})
}

// TestInContextThenAndNow shows the text as it was quoted and as it is now.
func TestInContextThenAndNow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		old, now     string
		want, absent []string
	}{
		"reworded":   {"*generally* safe", "*mostly* safe", []string{"It now reads:", "**It is mostly safe, @everyone.**"}, nil},
		"moved":      {"Let it cool first.", "Wait.", []string{"It now reads:", "Wait."}, nil},
		"taken out":  {"It is *generally* safe, @everyone. ", "", []string{"The article no longer says this."}, []string{"It now reads:"}},
		"for adults": {"People have made it for a long time.\n\n## Is it safe?", "People have made it for a long time.\n\n## How to brew", []string{"has changed since"}, []string{"It now reads:"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := furnish(t, nil)
			answer := f.ask("is it safe?", false)
			f.revise(test.old, test.now)
			seen := f.clicks(f.alice, answer, "In context")
			contains(t, seen.Text(), append(test.want, "**It is generally safe, @everyone.**", "The article has changed since this was quoted.")...)
			for _, absent := range test.absent {
				if strings.Contains(seen.Text(), absent) {
					t.Errorf("%q:\n%s", absent, seen.Text())
				}
			}
		})
	}
}

// TestInContextOfAWrongAnswer says that it is one.
func TestInContextOfAWrongAnswer(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it safe?", true)
	f.ledger.mu.Lock()
	f.ledger.posted[0].Shown = library.Retracted
	f.ledger.mu.Unlock()
	contains(t, f.clicks(f.alice, answer, "In context").Text(), "A moderator marked this answer as wrong.", "generally safe")
	f.tells(f.alice, answer, id(t, answer, "Share"), "A moderator marked this answer as wrong.")
}

// TestShareIsWhole: what is shared is bold where the private answer was, with what
// contradicts it and what else there is, and so is its record.
func TestShareIsWhole(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it safe?", true)
	against := quoteOf(f.desk.tea(), "Whoever has burnt their mouth should wait.")
	place := library.Place{Article: "tea", Revision: against.Span.Revision, Start: against.Span.Start, End: against.Span.End}
	f.ledger.mu.Lock()
	f.ledger.posted[0].Decisive, f.ledger.posted[0].Against = article.Range{Start: 0, End: 5}, []library.Place{place}
	f.ledger.mu.Unlock()
	shared := f.reads(f.Click(f.alice, answer.ID, "Share"))
	f.settled(shared)
	contains(t, shared.Text(), "**It is** generally safe", "Another article says otherwise:", "burnt their mouth", "More in the articles:")
	f.ledger.mu.Lock()
	private, public := f.ledger.posted[0].Posted, f.ledger.posted[1].Posted
	f.ledger.mu.Unlock()
	if diff := cmp.Diff([]any{private.Quoted, private.Decisive, private.Against}, []any{public.Quoted, public.Decisive, public.Against}); diff != "" {
		t.Errorf("recorded otherwise (-private +shared):\n%s", diff)
	}
	if !private.Private || public.Private || private.Shown != "" || len(public.Others) == 0 {
		t.Errorf("private %+v\nshared %+v", private, public)
	}
}

// TestSharedRecordKnowsWhatItSays of the article.
func TestSharedRecordKnowsWhatItSays(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it safe?", true)
	f.desk.change(func() { f.desk.standing["tea"] = library.Revised })
	f.settled(f.reads(f.Click(f.alice, answer.ID, "Share")))
	f.ledger.mu.Lock()
	defer f.ledger.mu.Unlock()
	if got := f.ledger.posted[1].Shown; got != library.Revised {
		t.Errorf("it is recorded as showing %q", got)
	}
}

// TestRecordsOfMinorsAndParts say what cannot be found out later.
func TestRecordsOfMinorsAndParts(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.ask("I am 15, is it safe?", false)
	f.reads(f.Say(f.alice, f.DM(f.alice), "is it safe?"))
	f.ledger.mu.Lock()
	minor := f.ledger.posted[0].Posted
	f.ledger.mu.Unlock()
	if !minor.Minor || !minor.Private || minor.Outcome != "answered" {
		t.Errorf("%+v", minor)
	}
	w, _ := recorded(t, quick, f.ledger)
	w.reads(w.Run(w.alice, w.general, "/ask", discordtest.Options{"question": "two in one"}))
	rows := f.ledger.rows(t, 3)
	if p := rows[1]; p.Private || p.Minor {
		t.Errorf("in direct messages: %+v", p)
	}
	if p := rows[2]; p.Outcome != "several" {
		t.Errorf("of two questions: %+v", p)
	}
}
