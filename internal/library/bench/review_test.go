package bench_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

func day(m, d int) article.Date { return article.DateOf(noonOf(m, d)) }

func TestReview(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	got := p.put(t, pond(deep))
	r, err := p.Review(ctx, pondGuild, "garden-ponds", day(6, 1), by(alice))
	if err != nil || r.Hash != got.Hash || r.By != alice || r.On != day(3, 4) || r.Next != day(6, 1) {
		t.Errorf("%+v, %v", r, err)
	}
	if now, err := p.desk.Show(ctx, pondGuild, "garden-ponds", ""); err != nil || now.Hash != got.Hash {
		t.Error("a review changed the article:", now.Hash, err)
	}
	if all, err := p.store.Reviews(ctx, pondGuild, "garden-ponds"); err != nil || len(all) != 1 || all[0] != r {
		t.Errorf("%+v, %v", all, err)
	}
	for _, next := range []article.Date{day(3, 4), day(1, 1)} {
		if _, err := p.Review(ctx, pondGuild, "garden-ponds", next, by(alice)); !errors.Is(err, article.ErrInvalid) {
			t.Errorf("next on %s: %v", next, err)
		}
	}
	if _, err := p.Review(ctx, pondGuild, "sheds", article.Date{}, by(alice)); !errors.Is(err, article.ErrNotFound) {
		t.Error(err)
	}
}

func TestDue(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	titled := func(title, more string) string {
		s := strings.Replace(pond(deep), "Garden ponds", title, 1)
		return strings.Replace(s, "license:", more+"license:", 1)
	}
	review := func(key string, next article.Date) {
		t.Helper()
		if _, err := p.Review(ctx, pondGuild, key, next, by(alice)); err != nil {
			t.Fatal(err)
		}
	}
	for _, title := range []string{"Never", "Later", "Soon", "Sooner", "Open", "Changed", "Withdrawn"} {
		p.put(t, titled(title, ""))
	}
	p.put(t, titled("Own words", "reviewed: {by: Kim, on: 2025-01-01, next: 2025-12-01}\n"))
	p.put(t, titled("Read again", "reviewed: {by: Kim, on: 2025-01-01, next: 2025-12-01}\n"))
	review("later", day(9, 9))
	review("soon", day(4, 4))
	review("sooner", day(4, 3))
	review("open", article.Date{})
	review("changed", article.Date{})
	review("withdrawn", day(4, 1))
	review("read-again", article.Date{})
	review("rain-barrels", day(4, 2))
	p.put(t, titled("Changed", "language: en\n"))
	if _, err := p.desk.Withdraw(ctx, pondGuild, "withdrawn", by(alice)); err != nil {
		t.Fatal(err)
	}
	due, err := p.Due(ctx, pondGuild, day(4, 4))
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, d := range due {
		keys = append(keys, d.Key)
		if d.Title == "" || d.Last.By == "" || d.Changed != (d.Key == "changed") {
			t.Errorf("%+v", d)
		}
	}
	if got := strings.Join(keys, " "); got != "own-words rain-barrels sooner soon changed" {
		t.Error(got)
	}
	if due[0].Last != (library.Review{Article: "own-words", Hash: due[0].Last.Hash, By: "Kim", On: article.Date{Year: 2025, Month: 1, Day: 1}, Next: article.Date{Year: 2025, Month: 12, Day: 1}}) {
		t.Errorf("%+v", due[0])
	}
}
