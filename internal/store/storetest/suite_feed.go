package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// together runs a function n times at once, and reports its errors.
func together(t testing.TB, n int, run func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		all.Go(func() { errs[i] = run(i) })
	}
	all.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("number %d: %v", i, err)
		}
	}
}

func testFeed(t *testing.T, e Engine) {
	t.Run("changes", func(t *testing.T) { feedChanges(t, e.open(t)) })
	t.Run("owners", func(t *testing.T) { feedOwners(t, e.open(t)) })
}

func feedChanges(t *testing.T, d *database) {
	ctx := t.Context()
	at := d.clock.kept()
	r := revisionOf("rest", "Rest.")
	succeed(t, d.Joined(ctx, guildA))
	d.publish(t, guildA, r, "")
	succeed(t, d.SetSetting(ctx, guildB, "paused", "true", act()))
	succeed(t, d.Count(ctx, guildA, article.Date{Year: 2027, Month: time.May, Day: 1}, "asked", 1)) // no change that anybody follows
	succeed(t, d.Post(ctx, guildA, postedAs("one"), lease.Lease{}))
	succeed(t, d.Synonyms().Put(ctx, guildA, "s", synonym(1), act()))
	succeed(t, d.Preferences().Put(ctx, guildA, "p", preference(1), act()))
	succeed(t, d.Golden().Put(ctx, guildA, "g", golden(1), act()))
	must[bool](t)(d.SetState(ctx, guildA, "rest", true, library.Withdrawn, act()))
	succeed(t, d.AddReview(ctx, guildA, library.Review{Article: "rest"}, act()))
	succeed(t, d.Left(ctx, guildA))

	want := []library.Change{
		{Guild: guildA, Kind: library.ChangedGuild, Subject: "joined", At: at},
		{Guild: guildA, Kind: library.ChangedArticle, Subject: "rest", At: at},
		{Guild: guildB, Kind: library.ChangedSetting, Subject: "paused", At: at},
		{Guild: guildA, Kind: library.ChangedSynonym, Subject: "s", At: at},
		{Guild: guildA, Kind: library.ChangedPreference, Subject: "p", At: at},
		{Guild: guildA, Kind: library.ChangedRecord, Subject: "g", At: at},
		{Guild: guildA, Kind: library.ChangedArticle, Subject: "rest", At: at},
		{Guild: guildA, Kind: library.ChangedArticle, Subject: "rest", At: at},
		{Guild: guildA, Kind: library.ChangedGuild, Subject: "left", At: at},
	}
	all := d.changes(t)
	var last int64
	for i := range min(len(all), len(want)) {
		if all[i].Seq <= last {
			t.Errorf("change %d has number %d after %d", i, all[i].Seq, last)
		}
		last = all[i].Seq
		want[i].Seq = last
	}
	same(t, "changes", all, want)
	same(t, "the second and third", must[[]library.Change](t)(d.Changes(ctx, all[0].Seq, 2)), all[1:3])
	if head := must[int64](t)(d.Head(ctx)); head < last {
		t.Errorf("the head is %d and the last change %d", head, last)
	}
	for _, limit := range []int{0, -1} {
		if some := must[[]library.Change](t)(d.Changes(ctx, 0, limit)); len(some) != 0 {
			t.Errorf("%d changes where at most %d were asked for", len(some), limit)
		}
	}
	if some := must[[]library.Change](t)(d.Changes(ctx, last, 10)); len(some) != 0 {
		t.Errorf("changes after the last: %v", some)
	}
}

func feedOwners(t *testing.T, d *database) {
	ctx := t.Context()
	d.publish(t, "article", revisionOf("rest", "Rest."), "")
	must[bool](t)(d.SetState(ctx, "hidden", "shipped", false, library.Hidden, act()))
	must[bool](t)(d.SetState(ctx, "shown", "shipped", false, library.Hidden, act()))
	must[bool](t)(d.SetState(ctx, "shown", "shipped", false, library.Published, act()))
	succeed(t, d.Synonyms().Put(ctx, "synonym", "s", synonym(1), act()))
	succeed(t, d.Preferences().Put(ctx, "preference", "p", preference(1), act()))
	succeed(t, d.AddReview(ctx, "review", library.Review{Article: "shipped"}, act()))
	succeed(t, d.Golden().Put(ctx, "golden", "g", golden(1), act()))
	succeed(t, d.SetSetting(ctx, "setting", "paused", "true", act()))
	owners := make(map[string]int)
	for _, guild := range must[[]string](t)(d.Owners(ctx)) {
		owners[guild]++
	}
	same(t, "owners", owners, map[string]int{"article": 1, "hidden": 1, "synonym": 1, "preference": 1, "review": 1})
	for _, guild := range []string{"article", "hidden", "shown", "synonym", "preference", "review", "golden", "setting"} {
		if bare := must[library.Shelf](t)(d.Shelf(ctx, guild)).Bare(); bare == (owners[guild] == 1) {
			t.Errorf("the shelf of %s is bare: %t", guild, bare)
		}
	}
}

// testConcurrency wants a follower to get every change of many writers exactly once
// and in order while they write, through two stores on one database.
func testConcurrency(t *testing.T, e Engine) {
	const writers, each = 8, 250
	d := e.open(t)
	stores := []Store{d, d.again(t)}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	done := make(chan struct{})
	var follower sync.WaitGroup
	followed := make([][]library.Change, 2)
	for i, s := range stores {
		follower.Go(func() {
			var atOnce int
			followed[i], atOnce = follow(ctx, t, s, 3+10*i, done)
			if atOnce == 0 {
				t.Error("the follower saw nothing while the others wrote")
			}
		})
	}
	together(t, writers, func(w int) error { return writeMuch(ctx, stores[w%2], w, each) })
	close(done)
	follower.Wait()
	same(t, "what the other follower saw", followed[1], followed[0])
	seen := make(map[string]int)
	var last int64
	for _, c := range followed[0] {
		if c.Seq <= last {
			t.Fatalf("number %d came after %d", c.Seq, last)
		}
		last = c.Seq
		seen[c.Guild+" "+c.Subject]++
	}
	for w := range writers {
		for i := range each {
			if n := seen[guildOf(w)+" "+subjectOf(w, i)]; n != 1 {
				t.Errorf("writer %d's change %d was seen %d times", w, i, n)
			}
		}
	}
	if len(seen) != writers*each {
		t.Errorf("%d changes were seen, want %d", len(seen), writers*each)
	}
}

// guildOf gives half of the writers a guild that they share.
func guildOf(w int) string { return fmt.Sprint(max(w, 4)) }

func subjectOf(w, i int) string { return fmt.Sprintf("writer%d-%d", w, i) }

// writeMuch makes changes, one a transaction, and now and then a write that is none.
func writeMuch(ctx context.Context, s Store, w, each int) error {
	guild := guildOf(w)
	for i := range each {
		var err error
		switch i % 5 {
		case 0:
			err = s.Bank().Put(ctx, guild, subjectOf(w, i), bank(i), act())
		case 1:
			_, err = s.SetState(ctx, guild, subjectOf(w, i), false, library.Hidden, act())
		case 2:
			_, err = s.Publish(ctx, guild, revisionOf(subjectOf(w, i), subjectOf(w, i)), "", act())
		default:
			err = s.SetSetting(ctx, guild, subjectOf(w, i), "on", act())
		}
		if err == nil && i%10 == 0 {
			err = s.OptIn(ctx, guild, subjectOf(w, i))
		}
		if err != nil {
			return fmt.Errorf("change %d: %w", i, err)
		}
	}
	return nil
}

// follow polls the feed until the writers are done and nothing new is left. It also
// returns how many changes it saw before they were done.
func follow(ctx context.Context, t *testing.T, s Store, limit int, done <-chan struct{}) (all []library.Change, atOnce int) {
	t.Helper()
	var cursor int64
	over := false
	for {
		select {
		case <-done:
			over = true
		default:
		}
		some, err := s.Changes(ctx, cursor, limit)
		if err != nil {
			t.Error(err)
			return all, atOnce
		}
		if len(some) > limit {
			t.Errorf("%d changes where %d were asked for", len(some), limit)
		}
		all = append(all, some...)
		switch {
		case len(some) > 0:
			cursor = some[len(some)-1].Seq
		case over:
			return all, atOnce
		default:
			pause(ctx, time.Millisecond) // what a follower does who is not woken
		}
		if !over {
			atOnce = len(all)
		}
	}
}

// pause waits, or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
