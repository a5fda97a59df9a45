package shelf_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/library/shelf"
)

// preferred makes a preference for a place.
func preferred(question string, p library.Place) library.Preference {
	return library.Preference{Question: question, Article: p.Article, Revision: p.Revision, Start: p.Start, End: p.End}
}

// prefer adds preferences to a guild.
func (m *memory) prefer(guild string, all ...library.Preference) int64 {
	return m.change(guild, library.ChangedPreference, func(s *library.Shelf) { s.Preferences = append(s.Preferences, all...) })
}

const (
	withers = "The leaves wither for a day before they are rolled."
	heated  = "The oven is heated for an hour before the loaf goes in."
)

// TestPreferences says what a guild's preferences do to its answers, and to nobody else's.
func TestPreferences(t *testing.T) {
	m := newMemory()
	shipped := parse(t, tea)
	wither := place(t, teaKey, shipped, withers)
	m.prefer("g", preferred(aboutTea, wither), library.Preference{Question: "Is bread dough cool?"})
	m.prefer("both", preferred(aboutTea, wither))
	m.publish("both", "ferrets", ferret("eighteen"))
	m.prefer("later", preferred(aboutTea, wither))
	m.prefer("later", library.Preference{Question: aboutTea, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	m.prefer("broken", preferred(aboutTea, library.Place{Article: teaKey, Revision: shipped.Revision, Start: 3, End: 900}),
		preferred("Is dough cool?", library.Place{Article: "gone", Revision: "r", End: 3}))
	r := newRig(t, m, nil)
	const steeps = "Black tea steeps for four minutes in boiling water."
	for name, c := range map[string]struct{ guild, question, want string }{
		"preferred":          {"g", aboutTea, withers},
		"in other words":     {"g", "pls how long should black tea be steeping", withers},
		"another question":   {"g", "How long does black tea steep in boiling water?", steeps},
		"no answer":          {"g", "is the bread dough cool", ""},
		"the rest":           {"g", "When is the oven heated?", heated},
		"beside own":         {"both", aboutTea, withers},
		"own":                {"both", aboutFerrets, "A ferret sleeps for eighteen hours a day."},
		"the latest":         {"later", aboutTea, ""},
		"of nobody else":     {"other", aboutTea, steeps},
		"in direct messages": {"", aboutTea, steeps},
		"no such place":      {"broken", aboutTea, steeps},
	} {
		t.Run(name, func(t *testing.T) {
			if got := r.quoted(t, c.guild, c.question); !strings.Contains(got, c.want) || c.want == "" && got != "" {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	if r.seen.bytes > 64<<10 {
		t.Errorf("a guild with preferences alone shares the index, and is said to take %d bytes", r.seen.bytes)
	}
}

// TestPreferencesFollowed: a preference holds as soon as the feed tells of it, and goes with it.
func TestPreferencesFollowed(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	r.follow(t)
	before := r.quoted(t, "g", aboutTea)
	r.until(t, "g", m.prefer("g", preferred(aboutTea, place(t, teaKey, r.shipped[0], withers))))
	if got := r.quoted(t, "g", aboutTea); got != withers {
		t.Errorf("%q", got)
	}
	r.until(t, "g", m.change("g", library.ChangedPreference, func(s *library.Shelf) { s.Preferences = nil }))
	if got := r.quoted(t, "g", aboutTea); got != before {
		t.Errorf("%q, want %q", got, before)
	}
}

// TestReanchor says what becomes of a preference when its article changes.
func TestReanchor(t *testing.T) {
	const key, wanted, asked = "lamps", "A lamp burns for two hours.", "Do giraffes juggle?"
	for name, c := range map[string]struct {
		now  string
		want string // empty when the preference does not apply any more
	}{
		"same":                  {lamp("two"), wanted},
		"moved":                 {strings.Replace(lamp("two"), "Lamps burn oil.", "Lamps burn oil, and they smell of it.", 1), wanted},
		"front matter alone":    {strings.Replace(lamp("two"), "2024-01-02", "2024-02-02", 1), wanted},
		"under another heading": {strings.Replace(lamp("two"), "## Filling", "## Burning", 1), wanted},
		"reworded":              {lamp("three"), ""},
		"part of a sentence":    {strings.Replace(lamp("two"), wanted, "They say this: "+strings.Replace(wanted, "hours.", "hours, which is wrong.", 1), 1), ""},
		"behind a denial":       {strings.Replace(lamp("two"), wanted, "It is not true that a lamp works and "+wanted, 1), ""},
		"twice, once as then":   {strings.Replace(lamp("two"), "They are small.", wanted, 1), wanted},
		"twice elsewhere":       {strings.NewReplacer("## Filling", "## Burning", "They are small.", wanted).Replace(lamp("two")), ""},
		"twice in the section":  {strings.Replace(lamp("two"), wanted, wanted+" "+wanted, 1), ""},
		"gone":                  {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			if c.now != "" {
				m.publish("g", key, c.now)
			}
			r, p := recalling(t, m)
			then := p.keep(t, "g", key, lamp("two"))
			m.prefer("g", preferred(asked, place(t, key, then, wanted)))
			r.settle(t, "g")
			got, err := r.Ask(t.Context(), "g", question(asked))
			if err != nil {
				t.Fatal(err)
			}
			applied := got.Quote != nil && got.Quote.Text == wanted
			if applied != (c.want != "") {
				t.Errorf("%+v", got.Quote)
			}
			if applied {
				articles, _ := r.Articles(t.Context(), "g")
				if text, err := articles[len(articles)-1].Text(got.Quote.Span); err != nil || text != wanted {
					t.Errorf("%q, %v", text, err)
				}
			}
			e, err := r.Explain(t.Context(), "g", question(asked))
			if err != nil || len(e.Preferred) != 1 || e.Preferred[0].Applied != applied || e.Preferred[0].Alike != 1 {
				t.Errorf("%+v, %v", e.Preferred, err)
			}
		})
	}
}

// TestReanchorWithoutTheRevision: what is not kept does not apply, and an archive out of
// reach is an error and no answer without the preference.
func TestReanchorWithoutTheRevision(t *testing.T) {
	m := newMemory()
	m.publish("g", "lamps", lamp("two"))
	m.prefer("g", preferred(aboutTea, library.Place{Article: "lamps", Revision: "lost", End: 5}))
	r, p := recalling(t, m)
	if e, err := r.Explain(t.Context(), "g", question(aboutTea)); err != nil || len(e.Preferred) != 1 || e.Preferred[0].Applied {
		t.Errorf("%+v, %v", e.Preferred, err)
	}
	p.fail = article.ErrUnavailable
	r2 := newRig(t, m, func(c *shelf.Config) { c.Archive = p })
	if ans, err := r2.Ask(t.Context(), "g", question(aboutTea)); err == nil || ans.Reason != answer.Unavailable {
		t.Errorf("%+v, %v", ans, err)
	}
}

// settle waits until a guild is answered from what it has.
func (r *rig) settle(t testing.TB, guild string) {
	t.Helper()
	if err := r.Settled(t.Context(), guild); err != nil {
		t.Fatal(err)
	}
}

// TestPreferencesProperty: whatever is preferred, an answer has the tier, the cards and
// the topics that it has without, and what is quoted stands in an article at its span.
func TestPreferencesProperty(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("how long does black tea bread steep oven heated safe overdose chest pain i am 15 kill myself what is dough")), 1, 6)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(words.Draw(rt, "question"), " ")
		a := r.shipped[rapid.IntRange(0, 1).Draw(rt, "article")]
		p := library.Preference{Question: text, Article: a.Slug, Revision: a.Revision}
		p.Start = rapid.IntRange(-1, len(a.Canonical)).Draw(rt, "start")
		p.End = rapid.IntRange(-1, len(a.Canonical)+1).Draw(rt, "end")
		if rapid.Bool().Draw(rt, "nothing") {
			p = library.Preference{Question: text}
		}
		n++
		guild := fmt.Sprint("g", n)
		q := answer.Question{Text: text, Channel: rapid.SampledFrom([]answer.Channel{answer.General, answer.AgeRestricted}).Draw(rt, "channel")}
		plain, err := r.Ask(t.Context(), guild, q)
		if err != nil {
			rt.Fatal(err)
		}
		trial, err := r.Try(t.Context(), guild, bench.Change{Preference: &p})
		if err != nil {
			rt.Fatal(err)
		}
		defer trial.Close()
		got, err := trial.Ask(t.Context(), q)
		if err != nil {
			rt.Fatal(err)
		}
		if got.Tier != plain.Tier || got.Minor != plain.Minor || fmt.Sprint(got.Cards, got.Topics) != fmt.Sprint(plain.Cards, plain.Topics) {
			rt.Fatalf("%q: %+v, without %+v", text, got, plain)
		}
		if got.Quote != nil {
			if whole, err := presentAt(trial.Articles(), *got.Quote); err != nil || whole != got.Quote.Text {
				rt.Fatalf("%q, %v", whole, err)
			}
		}
	})
}

func presentAt(articles []*article.Article, q answer.Quote) (string, error) {
	for _, a := range articles {
		if a.Slug == q.Article {
			return a.Text(q.Span)
		}
	}
	return "", article.ErrNotFound
}

// BenchmarkPreferences takes a question to a guild with two hundred preferences, beside
// one with none.
func BenchmarkPreferences(b *testing.B) {
	m := newMemory()
	at, random := place(b, teaKey, parse(b, tea), withers), rand.New(rand.NewPCG(1, 2))
	for range 200 {
		m.prefer("g", preferred(fmt.Sprintf("How long does black tea steep with %s and %s?", word(random), word(random)), at))
	}
	r := newRig(b, m, nil)
	for _, guild := range []string{"other", "g"} {
		b.Run(guild, func(b *testing.B) {
			for b.Loop() {
				ask(b, r, guild, aboutTea)
			}
		})
	}
}
