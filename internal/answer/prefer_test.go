package answer

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// decided decides about questions by their very words.
type decided map[string]search.Chosen

func (d decided) Preferred(question string) (search.Chosen, bool) {
	c, ok := d[question]
	return c, ok
}

// chosen makes an excerpt of the library's first article.
func chosen(t testing.TB, library *fakeLibrary, text string) search.Chosen {
	t.Helper()
	a := library.Articles()[0]
	start := strings.Index(a.Canonical, text)
	if start < 0 {
		t.Fatalf("no %q", text)
	}
	return search.Chosen{Article: a, Range: article.Range{Start: start, End: start + len(text)}}
}

const (
	sits  = "It sits below the bladder."
	tears = "A rough one can tear the lining, which can cause an infection with fever."
	goes  = "The finger goes one inch deep and bends toward the navel."
)

func TestPreferred(t *testing.T) {
	a, library := newAnswerer(t)
	nothing := search.Chosen{}
	talking := Conversation{}.With(Turn{Question: "Where is the gland?", Article: library.Articles()[0].Slug})
	for name, c := range map[string]struct {
		ask     Question
		chosen  search.Chosen
		outcome Outcome
		quote   string
		reason  Reason
	}{
		"another passage":          {Question{Text: "How big is the gland?"}, chosen(t, library, sits), Answered, sits, ""},
		"no answer":                {Question{Text: "How big is the gland?"}, nothing, Abstained, "", Unanswered},
		"where nothing was found":  {Question{Text: "What about giraffes?"}, chosen(t, library, sits), Answered, sits, ""},
		"for the front matter":     {Question{Text: "Who wrote this article?"}, chosen(t, library, sits), Answered, sits, ""},
		"for a greeting":           {Question{Text: "hello"}, chosen(t, library, sits), Help, "", ""},
		"with a disclaimer":        {Question{Text: "Is the gland safe?"}, chosen(t, library, tears), Answered, tears, ""},
		"no answer, disclaimer":    {Question{Text: "Is the gland safe?"}, nothing, Abstained, "", Unanswered},
		"after a card":             {Question{Text: "Does the gland give a fever?"}, chosen(t, library, tears), Answered, tears, ""},
		"no answer after a card":   {Question{Text: "Does the gland give a fever?"}, nothing, CardOnly, "", ""},
		"crisis":                   {Question{Text: "gland suicide"}, chosen(t, library, sits), CardOnly, "", ""},
		"emergency":                {Question{Text: "gland bleeding"}, chosen(t, library, sits), CardOnly, "", ""},
		"withheld":                 {Question{Text: "What dose for the gland?"}, chosen(t, library, sits), Abstained, "", Withheld},
		"no answer, withheld":      {Question{Text: "What dose for the gland?"}, nothing, Abstained, "", Withheld},
		"age-restricted question":  {Question{Text: "How deep is the gland?"}, chosen(t, library, sits), Abstained, "", Restricted},
		"the same among adults":    {Question{Text: "How deep is the gland?", Channel: AgeRestricted}, chosen(t, library, goes), Answered, goes, ""},
		"technique to a minor":     {Question{Text: "I am fifteen, where is the gland?", Channel: AgeRestricted}, chosen(t, library, goes), Abstained, "", UnderAge},
		"in a conversation":        {Question{Text: "How big is the gland?", Conversation: talking}, chosen(t, library, sits), Answered, sits, ""},
		"pointing back in one":     {Question{Text: "Is that a gentle one?", Conversation: talking}, nothing, Answered, "A gentle massage is safe. " + tears, ""},
		"pointing back at nothing": {Question{Text: "Is that a gentle massage?"}, nothing, Abstained, "", Unanswered},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := a.Preferring(decided{c.ask.Text: c.chosen}).Ask(t.Context(), c.ask)
			if err != nil {
				t.Fatal(err)
			}
			quote := ""
			if got.Quote != nil {
				quote = got.Quote.Text
			}
			if got.Outcome != c.outcome || quote != c.quote || got.Reason != c.reason {
				t.Errorf("%s %q %q, want %s %q %q", got.Outcome, quote, got.Reason, c.outcome, c.quote, c.reason)
			}
			plain, err := a.Ask(t.Context(), c.ask)
			if err != nil {
				t.Fatal(err)
			}
			if got.Tier != plain.Tier || got.Minor != plain.Minor || !reflect.DeepEqual(got.Cards, plain.Cards) || !cmp.Equal(got.Topics, plain.Topics) {
				t.Errorf("%+v, without preferences %+v", got, plain)
			}
		})
	}
}

// TestPreferredOfSeveral: each question of a message is matched by itself.
func TestPreferredOfSeveral(t *testing.T) {
	a, library := newAnswerer(t)
	p := decided{"How big is the gland?": chosen(t, library, sits)}
	got, err := a.Preferring(p).Ask(t.Context(), Question{Text: "How big is the gland? Where does the finger bend?", Channel: AgeRestricted})
	if err != nil || len(got.Parts) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if one, two := got.Parts[0].Quote, got.Parts[1].Quote; one == nil || one.Text != sits || two == nil || two.Text != goes {
		t.Errorf("%+v, %+v", one, two)
	}
	library.broken = true
	if got, err := a.Preferring(p).Ask(t.Context(), Question{Text: "How big is the gland?"}); err == nil || got.Reason != Unavailable {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestPreferencesLeaveSafetyAlone: whatever is preferred for whatever question, tier,
// topics and cards are those without it, a disclaimer stays, what is quoted stands at
// its span, and nothing is quoted that the gate refuses.
func TestPreferencesLeaveSafetyAlone(t *testing.T) {
	a, library := newAnswerer(t)
	asked := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("how big is the gland ? massage safe dose deep fifteen fever biopsy bleeding suicide finger who wrote it . hello")), 0, 9)
	excerpts := []search.Chosen{{}, chosen(t, library, sits), chosen(t, library, tears), chosen(t, library, goes)}
	rapid.Check(t, func(rt *rapid.T) {
		q := Question{Text: strings.Join(asked.Draw(rt, "question"), " "), Channel: rapid.SampledFrom([]Channel{General, AgeRestricted}).Draw(rt, "channel")}
		pick := rapid.SampledFrom(excerpts).Draw(rt, "preferred")
		p := decided{}
		for _, part := range Questions(q.Text) {
			p[part] = pick
		}
		plain, err := a.Ask(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := a.Preferring(p).Ask(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		if got.Tier != plain.Tier || got.Minor != plain.Minor || !cmp.Equal(got.Topics, plain.Topics) || !reflect.DeepEqual(got.Cards, plain.Cards) {
			rt.Fatalf("%q: %+v, without preferences %+v", q.Text, got, plain)
		}
		if got.Tier == safety.TierSafety && got.Disclaimer == nil {
			rt.Fatalf("%q lost its disclaimer", q.Text)
		}
		for _, part := range append(got.Parts, got) {
			if part.Quote == nil {
				continue
			}
			if text, err := library.Articles()[0].Text(part.Quote.Span); err != nil || text != part.Quote.Text {
				rt.Fatalf("%q at %+v: %q, %v", part.Quote.Text, part.Quote.Span, text, err)
			}
			d := a.triage(q)
			if !d.MayQuote(q.Channel == AgeRestricted) || d.Minor && strings.Contains(part.Quote.Text, "finger") {
				rt.Fatalf("%q quotes %q", q.Text, part.Quote.Text)
			}
		}
	})
}
