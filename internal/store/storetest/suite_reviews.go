package storetest

import (
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// shelfReviews has two articles reviewed and returns the last review of each, with
// the clock where it was. Of rest the last one is not the one that was added last.
func shelfReviews(t *testing.T, d *database) []library.Review {
	t.Helper()
	rest := library.Review{Article: "rest", Hash: "second", By: "2", On: day(2), Next: day(9)}
	ships := library.Review{Article: "Shipped", Hash: "ships", By: "3", On: day(5)}
	for _, step := range []struct {
		review library.Review
		pass   time.Duration // before it
	}{
		{library.Review{Article: "rest", Hash: "first", By: "1", On: day(1)}, -time.Hour},
		{library.Review{Article: "rest", Hash: "of the same moment", By: "1", On: day(3)}, time.Hour},
		{rest, 0},
		{library.Review{Article: "rest", Hash: "late", By: "1", On: day(4)}, -time.Minute},
		{ships, time.Minute},
	} {
		d.clock.pass(step.pass)
		succeed(t, d.AddReview(t.Context(), guildA, step.review, act()))
	}
	succeed(t, d.AddReview(t.Context(), guildB, library.Review{Article: "rest", Hash: "of others"}, act()))
	rest.At, ships.At = d.clock.kept(), d.clock.kept()
	return []library.Review{ships, rest}
}

func bookReviews(t *testing.T, d *database) {
	day := article.Date{Year: 2027, Month: time.May, Day: 9}
	reviews := []library.Review{
		{Article: "rest", Hash: "h", By: "1", On: day, Next: article.Date{Year: 2028, Month: time.February, Day: 29}},
		{Article: "rest", Hash: "h", By: "2", On: article.Date{Year: 2026, Month: time.January, Day: 1}},
		{Article: "rest", Hash: "h", By: "1", On: day},
	}
	for i := range reviews {
		succeed(t, d.AddReview(t.Context(), guildA, reviews[i], act()))
		reviews[i].At = d.clock.kept()
		d.clock.pass(-time.Minute) // the order is that of the adding, whatever the clock says
	}
	same(t, "reviews", must[[]library.Review](t)(d.Reviews(t.Context(), guildA, "rest")), reviews)
	if all := must[[]library.Review](t)(d.Reviews(t.Context(), guildA, "none")); len(all) != 0 {
		t.Errorf("reviews of nothing: %v", all)
	}
	if n := len(d.trail(t)); n != len(reviews) {
		t.Errorf("%d entries in the audit trail, want %d", n, len(reviews))
	}
	refused(t, "no article", d.AddReview(t.Context(), guildA, library.Review{Hash: "h"}, act()), article.ErrInvalid)
}
