package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// postedAs is a posted answer with every field filled.
func postedAs(id string) library.Posted {
	return library.Posted{
		ID: id, Channel: "c", Question: "question of " + id, Outcome: "answered", Tier: "safety",
		Quoted: library.Place{Article: "rest", Revision: "r", Start: 7, End: 99}, Hash: "h",
		Others:   []library.Place{{Article: "other", Revision: "r2", Start: 1, End: 2}, {Article: "<&\u2028>", Revision: "r3"}},
		Against:  []library.Place{{Article: "against", Revision: "r4", Start: 3, End: 4}},
		Decisive: article.Range{Start: 8, End: 50}, Minor: true, Private: true, Shown: library.Revised,
		Sure: 875, Asker: "mac", At: time.UnixMilli(beginning).UTC(), Expires: time.UnixMilli(beginning).UTC().AddDate(1, 0, 0),
	}
}

func testLedger(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, *database){
		"posted":   ledgerPosted,
		"quoting":  ledgerQuoting,
		"against":  ledgerAgainst,
		"repin":    ledgerRepin,
		"at once":  ledgerRepinAtOnce,
		"redo":     ledgerRedo,
		"feedback": ledgerFeedback,
		"reasons":  ledgerReasons,
		"fence":    ledgerFence,
	} {
		t.Run(name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

func ledgerPosted(t *testing.T, d *database) {
	ctx := t.Context()
	p := postedAs("one")
	succeed(t, d.Post(ctx, guildA, p, lease.Lease{}))
	_, err := d.PostedByMessage(ctx, guildA, "")
	refused(t, "by no message", err, article.ErrNotFound)
	succeed(t, d.Sent(ctx, guildA, "one", "message"))
	p.Message = "message"
	same(t, "by id", must[library.Posted](t)(d.PostedByID(ctx, guildA, "one")), p)
	same(t, "by message", must[library.Posted](t)(d.PostedByMessage(ctx, guildA, "message")), p)
	same(t, "by question", must[library.Posted](t)(d.PostedByQuestion(ctx, guildA, p.Question)), p)

	again := postedAs("two")
	again.Question = p.Question
	refused(t, "a second answer to the question", d.Post(ctx, guildA, again, lease.Lease{}), article.ErrConflict)
	again = postedAs("one")
	again.Question = "another"
	refused(t, "the same id", d.Post(ctx, guildA, again, lease.Lease{}), article.ErrConflict)
	refused(t, "no id", d.Post(ctx, guildA, library.Posted{Question: "q"}, lease.Lease{}), article.ErrInvalid)
	refused(t, "no question", d.Post(ctx, guildA, library.Posted{ID: "i"}, lease.Lease{}), article.ErrInvalid)
	refused(t, "sending what is not there", d.Sent(ctx, guildA, "two", "m"), article.ErrNotFound)

	bare := library.Posted{ID: "bare", Question: "bare question", Outcome: "card"}
	succeed(t, d.Post(ctx, guildA, bare, lease.Lease{}))
	bare.At = d.clock.kept()
	same(t, "an answer with little to it", must[library.Posted](t)(d.PostedByID(ctx, guildA, "bare")), bare)

	succeed(t, d.ForgetMessages(ctx, guildA, "no answer", "message", "message"))
	must[library.Posted](t)(d.PostedByID(ctx, guildA, "bare"))
	succeed(t, d.Forget(ctx, guildA, "one"))
	for name, find := range map[string]func() (library.Posted, error){
		"id":       func() (library.Posted, error) { return d.PostedByID(ctx, guildA, "one") },
		"message":  func() (library.Posted, error) { return d.PostedByMessage(ctx, guildA, "message") },
		"question": func() (library.Posted, error) { return d.PostedByQuestion(ctx, guildA, p.Question) },
	} {
		_, err := find()
		refused(t, "forgotten, by "+name, err, article.ErrNotFound)
	}
	succeed(t, d.Post(ctx, guildA, postedAs("one"), lease.Lease{})) // the question may be answered anew
}

func ledgerQuoting(t *testing.T, d *database) {
	ctx := t.Context()
	var want []string
	for i := range 30 { // younger ones first, three of each moment
		p := postedAs(fmt.Sprintf("%02d", i))
		p.At = p.At.Add(-time.Duration(i/3) * time.Second)
		succeed(t, d.Post(ctx, guildA, p, lease.Lease{}))
	}
	for i := 29; i >= 0; i -= 3 {
		want = append(want, fmt.Sprintf("%02d", i-2), fmt.Sprintf("%02d", i-1), fmt.Sprintf("%02d", i))
	}
	other := postedAs("other")
	other.Quoted.Article = "other" // it is also among the Others of all, which does not count
	succeed(t, d.Post(ctx, guildA, other, lease.Lease{}))

	var got []string
	for after := ""; len(got) <= len(want); {
		page := must[[]library.Posted](t)(d.Quoting(ctx, guildA, "rest", after, 7))
		if len(page) == 0 {
			break
		}
		for _, p := range page {
			got = append(got, p.ID)
		}
		after = got[len(got)-1]
	}
	same(t, "answers that quote it, page by page", got, want)
	for _, limit := range []int{0, -1} {
		if page := must[[]library.Posted](t)(d.Quoting(ctx, guildA, "rest", "", limit)); len(page) != 0 {
			t.Errorf("%d answers where at most %d were asked for", len(page), limit)
		}
	}
	_, err := d.Quoting(ctx, guildA, "rest", "forgotten", 7)
	refused(t, "after an answer that is not there", err, article.ErrNotFound)
}

// ledgerAgainst wants answers to be found by an article that stands against the quote as
// by the one that is quoted, each once, in one order.
func ledgerAgainst(t *testing.T, d *database) {
	ctx := t.Context()
	var want []string
	for i := range 40 {
		p := postedAs(fmt.Sprintf("%02d", i))
		p.At = p.At.Add(time.Duration(i/4) * time.Second)
		p.Quoted.Article = []string{"rest", "other", "rest", "other"}[i%4]
		p.Against = [][]library.Place{nil, {{Article: "rest"}}, {{Article: "rest", Start: 5}}, {{Article: "third"}}}[i%4]
		succeed(t, d.Post(ctx, guildA, p, lease.Lease{}))
		if i%4 != 3 {
			want = append(want, p.ID)
		}
	}
	succeed(t, d.Post(ctx, guildB, postedAs("00"), lease.Lease{}))
	for limit := range 9 {
		got, after := []string(nil), ""
		for limit > 0 && len(got) <= len(want) {
			page := must[[]library.Posted](t)(d.Quoting(ctx, guildA, "rest", after, limit))
			for _, p := range page {
				got = append(got, p.ID)
			}
			if len(page) < limit {
				break
			}
			after = got[len(got)-1]
		}
		if limit > 0 {
			same(t, fmt.Sprintf("answers that quote it, in pages of %d", limit), got, want)
		}
	}
	one := must[[]library.Posted](t)(d.Quoting(ctx, guildA, "rest", "01", 1))
	same(t, "one of them", fmt.Sprint(len(one), one[0].ID, one[0].Against), fmt.Sprint(1, "02", []library.Place{{Article: "rest", Start: 5}}))
	if all := must[[]library.Posted](t)(d.Quoting(ctx, guildA, "", "", 9)); len(all) != 0 {
		t.Errorf("%d answers are contradicted by nothing", len(all))
	}
}

func ledgerFeedback(t *testing.T, d *database) {
	ctx := t.Context()
	succeed(t, d.Post(ctx, guildA, postedAs("one"), lease.Lease{}))
	for _, v := range []struct {
		voter   string
		verdict library.Verdict
	}{
		{"a", library.Helpful}, {"b", library.Helpful}, {"c", library.NotHelpful}, {"b", library.NotHelpful}, {"a", library.Helpful},
	} {
		succeed(t, d.Vote(ctx, guildA, "one", v.voter, v.verdict, ""))
	}
	same(t, "feedback", must[library.Feedback](t)(d.Feedback(ctx, guildA, "one")), library.Feedback{Helpful: 1, NotHelpful: 2})
	refused(t, "a vote on nothing", d.Vote(ctx, guildA, "two", "a", library.Helpful, ""), article.ErrNotFound)
	refused(t, "no verdict", d.Vote(ctx, guildA, "one", "a", "great", ""), article.ErrInvalid)
	refused(t, "no voter", d.Vote(ctx, guildA, "one", "", library.Helpful, ""), article.ErrInvalid)
	succeed(t, d.Forget(ctx, guildA, "one"))
	same(t, "feedback on a forgotten answer", must[library.Feedback](t)(d.Feedback(ctx, guildA, "one")), library.Feedback{})
	succeed(t, d.Post(ctx, guildA, postedAs("one"), lease.Lease{}))
	same(t, "feedback on a new answer with that id", must[library.Feedback](t)(d.Feedback(ctx, guildA, "one")), library.Feedback{})
}

// ledgerRedo wants an answer that is done again to be another one in the same place.
func ledgerRedo(t *testing.T, d *database) {
	ctx := t.Context()
	before := postedAs("one")
	succeed(t, d.Post(ctx, guildA, before, lease.Lease{}))
	succeed(t, d.Post(ctx, guildA, postedAs("two"), lease.Lease{}))
	succeed(t, d.Sent(ctx, guildA, "one", "message"))
	succeed(t, d.Vote(ctx, guildA, "one", "a", library.Helpful, ""))
	again := library.Posted{
		ID: "one", Channel: "elsewhere", Message: "another", Question: "another", Asker: "another", At: before.At.Add(time.Hour),
		Outcome: "abstained", Tier: "general", Quoted: library.Place{Article: "walks", Revision: "r9", Start: 1, End: 3}, Hash: "h9",
		Others: []library.Place{{Article: "third"}}, Against: []library.Place{{Article: "fourth", Revision: "r4"}},
		Decisive: article.Range{Start: 1, End: 2}, Sure: 1000, Expires: before.Expires.Add(time.Hour),
	}
	want := again
	want.Channel, want.Message, want.Question, want.Asker, want.At = before.Channel, "message", before.Question, before.Asker, before.At
	for range 2 {
		succeed(t, d.Redo(ctx, guildA, again))
		same(t, "done again", must[library.Posted](t)(d.PostedByQuestion(ctx, guildA, before.Question)), want)
	}
	same(t, "what the article stands beside now", must[[]library.Posted](t)(d.Quoting(ctx, guildA, "fourth", "", 9)), []library.Posted{want})
	same(t, "what quotes the article now", must[[]library.Posted](t)(d.Quoting(ctx, guildA, "walks", "", 9)), []library.Posted{want})
	same(t, "feedback", must[library.Feedback](t)(d.Feedback(ctx, guildA, "one")), library.Feedback{Helpful: 1})
	same(t, "another answer", must[library.Posted](t)(d.PostedByID(ctx, guildA, "two")), postedAs("two"))

	bare := library.Posted{ID: "one"} // a question to which there is nothing to say any more
	succeed(t, d.Redo(ctx, guildA, bare))
	bare.Channel, bare.Message, bare.Question, bare.Asker, bare.At = before.Channel, "message", before.Question, before.Asker, before.At
	same(t, "done again with little to it", must[library.Posted](t)(d.PostedByID(ctx, guildA, "one")), bare)

	refused(t, "what is not there", d.Redo(ctx, guildA, postedAs("none")), article.ErrNotFound)
	refused(t, "another guild's", d.Redo(ctx, guildB, again), article.ErrNotFound)
	refused(t, "no id", d.Redo(ctx, guildA, library.Posted{Question: "q"}), article.ErrInvalid)
	succeed(t, d.Forget(ctx, guildA, "one"))
	refused(t, "what is forgotten", d.Redo(ctx, guildA, again), article.ErrNotFound)
	_, err := d.PostedByID(ctx, guildA, "one")
	refused(t, "a forgotten answer that was to be done again", err, article.ErrNotFound)
}

// ledgerReasons wants reasons to be kept with the vote that they belong to.
func ledgerReasons(t *testing.T, d *database) {
	ctx := t.Context()
	reasons := func() (all []string) {
		for _, v := range must[library.Kept](t)(d.KeptOf(ctx, guildA, "a")).Votes {
			all = append(all, string(v.Verdict)+": "+v.Reason)
		}
		return all
	}
	succeed(t, d.Post(ctx, guildA, postedAs("one"), lease.Lease{}))
	long := strings.Repeat("\U0001F980", library.MaxReason)
	for _, reason := range []string{"It is about ponds.", "", long, " two\r\nlines\u202e "} {
		succeed(t, d.Vote(ctx, guildA, "one", "a", library.NotHelpful, reason))
		same(t, "reason", reasons(), []string{"not_helpful: " + reason})
	}
	refused(t, "a reason that is too long", d.Vote(ctx, guildA, "one", "a", library.Helpful, long+"x"), article.ErrTooLarge)
	for _, bad := range badTexts() {
		refused(t, "a reason that cannot be kept", d.Vote(ctx, guildA, "one", "a", library.Helpful, bad), article.ErrInvalid)
	}
	same(t, "the reason after what was refused", reasons(), []string{"not_helpful:  two\r\nlines\u202e "})
	succeed(t, d.Forget(ctx, guildA, "one"))
	succeed(t, d.Post(ctx, guildA, postedAs("one"), lease.Lease{}))
	same(t, "reasons of a forgotten answer", reasons(), []string(nil))
}

// ledgerFence wants answers to be kept under a lease that is held, and under no other.
func ledgerFence(t *testing.T, d *database) {
	ctx := t.Context()
	held := must[lease.Lease](t)(d.Acquire(ctx, "shard-0", "me", time.Hour))
	released := must[lease.Lease](t)(d.Acquire(ctx, "shard-1", "me", time.Hour))
	succeed(t, d.Release(ctx, released))
	taken := must[lease.Lease](t)(d.Acquire(ctx, "shard-2", "me", time.Hour))
	succeed(t, d.Release(ctx, taken))
	must[lease.Lease](t)(d.Acquire(ctx, "shard-2", "you", time.Hour))
	again := must[lease.Lease](t)(d.Acquire(ctx, "shard-3", "me", time.Hour))
	succeed(t, d.Release(ctx, again))
	must[lease.Lease](t)(d.Acquire(ctx, "shard-3", "me", time.Hour))
	for name, c := range map[string]struct {
		under lease.Lease
		want  error // nil when the answer is kept
	}{
		"held":                       {held, nil},
		"no lease":                   {lease.Lease{}, nil},
		"assumed":                    {lease.Lease{Name: "shard-9", Holder: "me"}, nil},
		"held by another":            {lease.Lease{Name: held.Name, Holder: "you", Epoch: held.Epoch}, article.ErrConflict},
		"an epoch to come":           {lease.Lease{Name: held.Name, Holder: "me", Epoch: held.Epoch + 1}, article.ErrConflict},
		"a name nobody holds":        {lease.Lease{Name: "shard-9", Holder: "me", Epoch: 1}, article.ErrConflict},
		"released":                   {released, article.ErrUnavailable},
		"taken by another":           {taken, article.ErrConflict},
		"taken anew by the same one": {again, article.ErrConflict},
	} {
		err := d.Post(ctx, guildA, postedAs(name), c.under)
		_, found := d.PostedByID(ctx, guildA, name)
		if c.want == nil {
			succeed(t, err)
			succeed(t, found)
			continue
		}
		refused(t, name, err, c.want)
		refused(t, name+": the answer", found, article.ErrNotFound)
	}
}
