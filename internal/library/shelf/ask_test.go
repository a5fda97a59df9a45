package shelf_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	aboutFerrets = "How long does a ferret sleep?"
	aboutTea     = "How long does black tea steep?"
	inOwnWords   = "How long does brewjuice gloop?" // of a guild that has them
	inCrisis     = "i want to kill myself"
)

func question(text string) answer.Question { return answer.Question{Text: text} }

// quoted asks, and returns the quote, empty for none.
func (r *rig) quoted(t testing.TB, guild, text string) string {
	t.Helper()
	ans, err := r.Ask(t.Context(), guild, question(text))
	if err != nil {
		t.Fatal(err)
	}
	if ans.Quote == nil {
		return ""
	}
	return ans.Quote.Text
}

// keys returns the slugs of a guild's articles.
func (r *rig) keys(t testing.TB, guild string) []string {
	t.Helper()
	articles, err := r.Articles(t.Context(), guild)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, a := range articles {
		keys = append(keys, a.Slug)
	}
	return keys
}

// TestLibrary says what is in a guild's library.
func TestLibrary(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(m *memory)
		want []string
	}{
		"nothing":        {func(*memory) {}, []string{teaKey, breadKey}},
		"own":            {func(m *memory) { m.publish("g", "ferrets", ferret("18")) }, []string{teaKey, breadKey, "ferrets"}},
		"own, by key":    {func(m *memory) { m.publish("g", "z", ferret("18")); m.publish("g", "a", ferret("17")) }, []string{teaKey, breadKey, "a", "z"}},
		"one text twice": {func(m *memory) { m.publish("g", "z", ferret("18")); m.publish("g", "a", ferret("18")) }, []string{teaKey, breadKey, "a", "z"}},
		"withdrawn":      {func(m *memory) { m.state("g", "ferrets", true, library.Withdrawn) }, []string{teaKey, breadKey}},
		"hidden":         {func(m *memory) { m.state("g", teaKey, false, library.Hidden) }, []string{breadKey}},
		"all hidden": {func(m *memory) {
			m.state("g", teaKey, false, library.Hidden)
			m.state("g", breadKey, false, library.Hidden)
		}, nil},
		"shown again":      {func(m *memory) { m.state("g", teaKey, false, library.Published) }, []string{teaKey, breadKey}},
		"replaced":         {func(m *memory) { m.publish("g", teaKey, ferret("18")) }, []string{breadKey, teaKey}},
		"replacement gone": {func(m *memory) { m.state("g", teaKey, true, library.Withdrawn) }, []string{teaKey, breadKey}},
		"unreadable":       {func(m *memory) { m.publish("g", "a", "no front matter"); m.publish("g", "b", ferret("18")) }, []string{teaKey, breadKey, "b"}},
		"unreadable in the place of a shipped one": {func(m *memory) { m.publish("g", teaKey, "no front matter") }, []string{breadKey}},
		"no source": {func(m *memory) {
			m.change("g", library.ChangedArticle, func(s *library.Shelf) {
				put(s, library.Publication{Article: "a", State: library.Published, Own: true, Hash: "lost"})
				put(s, library.Publication{Article: teaKey, State: library.Hidden})
			})
		}, []string{breadKey}},
		"only a preference": {func(m *memory) {
			m.change("g", library.ChangedPreference, func(s *library.Shelf) { s.Preferences = []library.Preference{{Question: "q"}} })
		}, []string{teaKey, breadKey}},
		"somebody else's": {func(m *memory) { m.publish("other", "ferrets", ferret("18")) }, []string{teaKey, breadKey}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			c.do(m)
			r := newRig(t, m, nil)
			if got := r.keys(t, "g"); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			for _, outside := range []string{"", library.Direct} {
				if got := r.keys(t, outside); !slices.Equal(got, []string{teaKey, breadKey}) {
					t.Errorf("%q has %q", outside, got)
				}
			}
			articles, err := r.Articles(t.Context(), "g")
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range articles {
				if shared := slices.Contains(r.shipped, a); shared != (a.Meta.Author != "C. Burrow") {
					t.Errorf("%s: shared %v", a.Slug, shared)
				}
			}
		})
	}
}

func ownWords() []library.Synonym {
	return []library.Synonym{{Words: []string{"Black  Tea", "brewjuice"}}, {Words: []string{"steeps", "gloop"}}}
}

func TestAskFromTheGuildsOwn(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("eighteen"))
	m.state("hides", teaKey, false, library.Hidden)
	m.change("words", library.ChangedSynonym, func(s *library.Shelf) {
		s.Synonyms = append(ownWords(), library.Synonym{Words: []string{"leaf", " "}}, library.Synonym{Words: []string{"of", "the", "\x00"}, Related: true})
	})
	r := newRig(t, m, nil)
	for name, c := range map[string]struct{ guild, question, want string }{
		"own":              {"g", aboutFerrets, "A ferret sleeps for eighteen hours a day."},
		"shipped too":      {"g", aboutTea, "Black tea steeps for four minutes in boiling water."},
		"not another's":    {"other", aboutFerrets, ""},
		"not in direct":    {"", aboutFerrets, ""},
		"hidden":           {"hides", aboutTea, ""},
		"hidden elsewhere": {"g", aboutTea, "Black tea steeps for four minutes in boiling water."},
		"own word":         {"words", inOwnWords, "Black tea steeps for four minutes in boiling water."},
		"another's word":   {"g", inOwnWords, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := r.quoted(t, c.guild, c.question); !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	ans, err := r.Ask(t.Context(), "g", question(aboutFerrets))
	if err != nil || ans.Quote.Article != "ferrets" {
		t.Errorf("quoted from %q, %v", ans.Quote.Article, err)
	}
}

// TestScreenReadsNothing also has a card come while the database is out of reach.
func TestScreenReadsNothing(t *testing.T) {
	const line = "Our own listeners: #listen, every night from 20:00."
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	m.set("g", "helplines", line)
	m.set("listens", "helplines", line)
	m.set("wrong", "helplines", strings.Repeat("x", 500))
	r := newRig(t, m, nil)
	m.breakWith(article.ErrUnavailable)
	calls := m.calls
	for guild, want := range map[string]bool{"g": true, "listens": true, "other": false, "wrong": false, "": false} {
		screened, done := r.Screen(guild, question(inCrisis))
		asked, err := r.Ask(t.Context(), guild, question(inCrisis))
		if !done || err != nil {
			t.Errorf("%q: %v, %v", guild, done, err)
		}
		for _, ans := range []answer.Answer{screened, asked} {
			if ans.Outcome != answer.CardOnly || slices.Contains(ans.Cards[0].Bullets, line) != want {
				t.Errorf("%q: %s, %q", guild, ans.Outcome, ans.Cards[0].Bullets)
			}
		}
	}
	if m.calls != calls {
		t.Errorf("the source was read %d times", m.calls-calls)
	}
}

func TestSettings(t *testing.T) {
	m := newMemory()
	m.set("g", "stale-days", "90")
	m.set("broken", "stale-days", "many")
	r := newRig(t, m, nil)
	usual := library.DefaultSettings().StaleDays
	for guild, want := range map[string]int{"g": 90, "broken": usual, "other": usual} {
		if got := r.Settings(guild).StaleDays; got != want {
			t.Errorf("%s: %d days, want %d", guild, got, want)
		}
	}
}

// TestUnreadable asks a guild whose articles cannot be read.
func TestUnreadable(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r := newRig(t, m, nil)
	m.breakWith(article.ErrUnavailable)
	const notice = "The articles could not be searched just now. Please ask again in a minute."
	for name, c := range map[string]struct {
		text    string
		outcome answer.Outcome
		notice  bool
	}{
		"own":              {aboutFerrets, answer.Abstained, true},
		"shipped":          {aboutTea, answer.Abstained, true},
		"about an article": {"Who wrote this article?", answer.Abstained, true},
		"contents":         {"What articles do you have?", answer.Abstained, true},
		"small talk":       {"hello", answer.Help, false},
		"crisis":           {inCrisis, answer.CardOnly, false},
	} {
		t.Run(name, func(t *testing.T) {
			ans, err := r.Ask(t.Context(), "g", question(c.text))
			if ans.Outcome != c.outcome || (ans.Notice == notice) != c.notice || ans.Quote != nil || len(ans.Nearest) > 0 {
				t.Errorf("%+v", ans)
			}
			if card := c.outcome == answer.CardOnly; errors.Is(err, article.ErrUnavailable) == card {
				t.Errorf("error %v", err)
			}
		})
	}
	t.Run("several", func(t *testing.T) {
		ans, err := r.Ask(t.Context(), "g", question("How long does a ferret sleep? How long does black tea steep?"))
		for _, part := range ans.Parts {
			if part.Notice != notice {
				t.Errorf("%+v", part)
			}
		}
		if len(ans.Parts) == 0 && ans.Notice != notice || !errors.Is(err, article.ErrUnavailable) {
			t.Errorf("%+v, %v", ans, err)
		}
	})
	if _, err := r.Articles(t.Context(), "g"); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("articles: %v", err)
	}
	if got := r.quoted(t, "other", aboutTea); got == "" {
		t.Error("a guild with nothing of its own is not answered")
	}
	m.breakWith(nil)
	if got := r.quoted(t, "g", aboutFerrets); got == "" {
		t.Error("not answered once the source is back")
	}
	r.seen.read(func() {
		if len(r.seen.errs) == 0 {
			t.Error("the observer was not told")
		}
	})
}

// TestNewFailsWithItsSource also holds New to its own needs.
func TestNewFailsWithItsSource(t *testing.T) {
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	m.breakWith(article.ErrUnavailable)
	if _, err := shelf.New(t.Context(), shelf.Config{Rules: rules, Source: m, Now: (&clock{}).Now}); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("a source that fails: %v", err)
	}
	if _, err := shelf.New(t.Context(), shelf.Config{Source: m}); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("no rules: %v", err)
	}
}
