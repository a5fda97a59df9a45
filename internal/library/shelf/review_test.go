package shelf_test

import (
	"slices"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// TestReviews says when a moderator's review is shown with a quote.
func TestReviews(t *testing.T) {
	day := func(year int) article.Date { return article.Date{Year: year, Month: 3, Day: 4} }
	m := newMemory()
	review := func(guild, key, source string, year int) int64 {
		return m.change(guild, library.ChangedArticle, func(s *library.Shelf) {
			s.Reviews = append(slices.Clone(s.Reviews), library.Review{Article: key, Hash: library.HashOf(source), By: "M", On: day(year), Next: day(year + 1)})
		})
	}
	for _, guild := range []string{"own", "older", "stale"} {
		m.publish(guild, "lamps", lamp("two"))
	}
	review("own", "lamps", lamp("two"), 2026)
	review("older", "lamps", lamp("two"), 2020)
	review("stale", "lamps", lamp("one"), 2026)
	r := newRig(t, m, nil)
	review("shipped", teaKey, r.shipped[0].Source, 2026)
	review("unread", teaKey, "another text", 2026)
	r = newRig(t, m, nil)
	for guild, c := range map[string]struct {
		key  string
		want article.Date
		own  bool // it has an index of its own
	}{
		"own":     {"lamps", day(2026), true},
		"older":   {"lamps", article.Date{Year: 2025, Month: 1, Day: 2}, true},
		"stale":   {"lamps", article.Date{Year: 2025, Month: 1, Day: 2}, true},
		"shipped": {teaKey, day(2026), true},
		"unread":  {teaKey, article.Date{}, false},
		"nobody":  {teaKey, article.Date{}, false},
	} {
		articles, err := r.Articles(t.Context(), guild)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(articles, func(a *article.Article) bool { return a.Slug == c.key })
		var got article.Date
		if review := articles[i].Meta.Reviewed; review != nil {
			got = review.On
		}
		if got != c.want {
			t.Errorf("%s: reviewed on %s, want %s", guild, got, c.want)
		}
		r.seen.read(func() {
			if slices.Contains(r.seen.opened, guild) != c.own {
				t.Errorf("%s: has an index of its own: %v", guild, !c.own)
			}
		})
		if guild == "shipped" && articles[i].Meta.Reviewed.Next != day(2027) {
			t.Errorf("next: %s", articles[i].Meta.Reviewed.Next)
		}
	}
	if r.shipped[0].Meta.Reviewed != nil {
		t.Error("a shared article was changed")
	}
	r.follow(t)
	r.until(t, "own", review("own", "lamps", lamp("two"), 2027))
	ans, err := r.Ask(t.Context(), "own", question("For how many hours does a lamp burn?"))
	if err != nil || ans.Quote == nil || ans.Quote.Reviewed != day(2027) {
		t.Errorf("%+v, %v", ans.Quote, err)
	}
}
