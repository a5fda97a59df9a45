package shelf_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// trialOf tries a change out until the test ends.
func (r *rig) trialOf(t testing.TB, guild string, c bench.Change) bench.Trial {
	t.Helper()
	trial, err := r.Try(t.Context(), guild, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(trial.Close)
	return trial
}

func slugs(articles []*article.Article) string {
	var all []string
	for _, a := range articles {
		all = append(all, a.Slug)
	}
	return strings.Join(all, " ")
}

// TestTry says what a library would be after a change, and that the change leaves the
// guild as it is.
func TestTry(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("eighteen"))
	m.publish("g", breadKey, strings.Replace(ferret("two"), "Keeping a ferret", "Bread", 1))
	m.prefer("g", preferred("What is washed every week?", place(t, teaKey, parse(t, tea), withers)))
	m.change("g", library.ChangedSynonym, func(s *library.Shelf) { s.Synonyms = ownWords() })
	m.publish("one", "ferrets", ferret("eighteen"))
	r := newRig(t, m, nil)
	ferrets := parse(t, ferret("nineteen"))
	withered := preferred(aboutTea, place(t, teaKey, r.shipped[0], withers))
	for name, c := range map[string]struct {
		guild  string
		change bench.Change
		has    string
		ask    string
		want   string
	}{
		"nothing":            {"g", bench.Change{}, teaKey + " " + breadKey + " ferrets", aboutFerrets, "eighteen"},
		"a new article":      {"g", bench.Change{Key: "more", Article: ferrets}, teaKey + " " + breadKey + " ferrets more", "How long is nineteen hours for a ferret?", "nineteen"},
		"a changed article":  {"g", bench.Change{Key: "ferrets", Article: ferrets}, teaKey + " " + breadKey + " ferrets", aboutFerrets, "nineteen"},
		"no article":         {"one", bench.Change{Key: "ferrets"}, teaKey + " " + breadKey, aboutFerrets, ""},
		"a hidden one":       {"g", bench.Change{Key: teaKey}, breadKey + " ferrets", aboutTea, ""},
		"the shipped again":  {"g", bench.Change{Key: breadKey}, teaKey + " " + breadKey + " ferrets", "When is the oven heated?", "heated"},
		"a preference":       {"g", bench.Change{Preference: &withered}, teaKey + " " + breadKey + " ferrets", aboutTea, withers},
		"beside a kept one":  {"g", bench.Change{Preference: &withered}, teaKey + " " + breadKey + " ferrets", "what is washed every week", withers},
		"the guild's words":  {"g", bench.Change{Key: "ferrets"}, teaKey + " " + breadKey, inOwnWords, "four minutes"},
		"of a bare guild":    {"bare", bench.Change{Key: "ferrets", Article: ferrets}, teaKey + " " + breadKey + " ferrets", aboutFerrets, "nineteen"},
		"bare, preference":   {"bare", bench.Change{Preference: &withered}, teaKey + " " + breadKey, aboutTea, withers},
		"in the place of it": {"bare", bench.Change{Key: teaKey, Article: ferrets}, breadKey + " " + teaKey, aboutTea, ""},
	} {
		t.Run(name, func(t *testing.T) {
			before, cursor := r.keys(t, c.guild), m.seq
			first := r.quoted(t, c.guild, c.ask)
			trial := r.trialOf(t, c.guild, c.change)
			if got := slugs(trial.Articles()); got != c.has {
				t.Errorf("has %q, want %q", got, c.has)
			}
			ans, err := trial.Ask(t.Context(), question(c.ask))
			if err != nil {
				t.Fatal(err)
			}
			if quote := quoteIn(ans); !strings.Contains(quote, c.want) || c.want == "" && quote != "" {
				t.Errorf("%q, want %q", quote, c.want)
			}
			if got := r.keys(t, c.guild); !slices.Equal(got, before) || m.seq != cursor || r.quoted(t, c.guild, c.ask) != first {
				t.Errorf("the guild was changed: it has %q", got)
			}
		})
	}
	if ferrets.Slug != "keeping-a-ferret" {
		t.Errorf("the article was renamed to %q", ferrets.Slug)
	}
}

func quoteIn(a answer.Answer) string {
	if a.Quote == nil {
		return ""
	}
	return a.Quote.Text
}

// TestTryTopics: a guild's topics as they would be judge a trial and nothing else.
func TestTryTopics(t *testing.T) {
	r := newRig(t, newMemory(), nil)
	topics := ownTopics
	trial := r.trialOf(t, "g", bench.Change{Topics: &topics})
	ans, err := trial.Ask(t.Context(), question(aboutKettles))
	if err != nil || ans.Tier != safety.TierEmergency || len(ans.Cards) == 0 {
		t.Errorf("%+v, %v", ans, err)
	}
	if ans, _ := r.Screen("g", question(aboutKettles)); ans.Tier == safety.TierEmergency {
		t.Error("the guild has the topics that were tried")
	}
	broken := "topics: {"
	if _, err := r.Try(t.Context(), "g", bench.Change{Topics: &broken}); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

// TestTryFails: without a shelf there is no trial, and a closed one answers with cards alone.
func TestTryFails(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	trial := r.trialOf(t, "g", bench.Change{})
	trial.Close()
	trial.Close()
	if ans, err := trial.Ask(t.Context(), question(aboutTea)); !errors.Is(err, article.ErrUnavailable) || ans.Reason != answer.Unavailable {
		t.Errorf("%+v, %v", ans, err)
	}
	if ans, _ := trial.Ask(t.Context(), question(inCrisis)); len(ans.Cards) == 0 {
		t.Errorf("%+v", ans)
	}
	m.breakWith(article.ErrUnavailable)
	if _, err := r.Try(t.Context(), "g", bench.Change{}); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("%v", err)
	}
	m.breakWith(nil)
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := r.Try(ended, "g", bench.Change{Key: "ferrets", Article: parse(t, ferret("two"))}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestSettled: what was changed before the call is answered from after it, whether
// anybody follows the feed or not.
func TestSettled(t *testing.T) {
	for name, follows := range map[string]bool{"followed": true, "not followed": false} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			r := newRig(t, m, nil)
			if follows {
				r.follow(t)
			}
			for _, mark := range []string{"eleven", "twelve", "thirteen"} {
				m.publish("g", "ferrets", ferret(mark))
				m.set("g", "stale-days", "7")
				r.settle(t, "g")
				if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, mark) || r.Settings("g").StaleDays != 7 {
					t.Errorf("%q", got)
				}
			}
			m.remove("g", "ferrets")
			r.settle(t, "g")
			if got := r.quoted(t, "g", aboutFerrets); got != "" {
				t.Errorf("%q", got)
			}
			r.settle(t, "never heard of")
			m.breakWith(article.ErrUnavailable)
			if err := r.Settled(t.Context(), "g"); !errors.Is(err, article.ErrUnavailable) {
				t.Errorf("%v", err)
			}
			m.breakWith(nil)
		})
	}
}

// TestSettledWaitsForABuild that somebody else is doing.
func TestSettledWaitsForABuild(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	m.publish("g", "ferrets", ferret("eleven"))
	r.settle(t, "g")
	reading, read := make(chan struct{}), make(chan struct{})
	m.whenReading(func(string) { reading <- struct{}{}; <-read })
	asked := make(chan error, 1)
	go func() { _, err := r.Ask(t.Context(), "g", question(aboutFerrets)); asked <- err }()
	<-reading
	m.whenReading(nil)
	ended, end := context.WithCancel(t.Context())
	m.publish("g", "ferrets", ferret("twelve"))
	settled := make(chan error, 2)
	go func() { settled <- r.Settled(t.Context(), "g") }()
	end()
	if err := r.Settled(ended, "g"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	close(read)
	if err := errors.Join(<-asked, <-settled); err != nil {
		t.Fatal(err)
	}
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "twelve") {
		t.Errorf("%q", got)
	}
}
