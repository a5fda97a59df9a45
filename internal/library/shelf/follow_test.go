package shelf_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// round lets the follower look at the feed at least once from now on.
func (r *rig) round() {
	for range 3 {
		r.wake <- struct{}{}
	}
}

// TestFollow changes one thing after the other, and asks after each.
func TestFollow(t *testing.T) {
	const line = "Our own listeners: #listen."
	m := newMemory()
	r := newRig(t, m, nil)
	r.follow(t)
	ferrets := func() string { return r.quoted(t, "g", aboutFerrets) }
	helpline := func() bool {
		ans, _ := r.Screen("g", question(inCrisis))
		return slices.Contains(ans.Cards[0].Bullets, line)
	}
	for _, step := range []struct {
		name string
		do   func() int64
		want func() bool
	}{
		{"first article", func() int64 { return m.publish("g", "ferrets", ferret("seventeen")) }, func() bool { return strings.Contains(ferrets(), "seventeen") }},
		{"another text", func() int64 { return m.publish("g", "ferrets", ferret("eighteen")) }, func() bool { return strings.Contains(ferrets(), "eighteen") }},
		{"helplines", func() int64 { return m.set("g", "helplines", line) }, helpline},
		{"helplines on an open index", func() int64 { return m.seq }, func() bool {
			ans, err := r.Ask(t.Context(), "g", question(inCrisis))
			return err == nil && slices.Contains(ans.Cards[0].Bullets, line)
		}},
		{"withdrawn", func() int64 { return m.state("g", "ferrets", true, library.Withdrawn) }, func() bool { return ferrets() == "" }},
		{"hidden", func() int64 { return m.state("g", teaKey, false, library.Hidden) }, func() bool { return r.quoted(t, "g", aboutTea) == "" }},
		{"shown again", func() int64 { return m.remove("g", teaKey) }, func() bool { return r.quoted(t, "g", aboutTea) != "" }},
		{"no helplines", func() int64 { return m.set("g", "helplines", "") }, func() bool { return !helpline() }},
		{"a synonym", func() int64 {
			return m.change("g", library.ChangedSynonym, func(s *library.Shelf) { s.Synonyms = ownWords() })
		}, func() bool { return r.quoted(t, "g", inOwnWords) != "" }},
		{"deleted", func() int64 {
			m.mu.Lock()
			m.settings = map[string]map[string]string{}
			m.mu.Unlock()
			return m.change("g", library.ChangedGuild, func(s *library.Shelf) { *s = library.Shelf{} })
		}, func() bool {
			return slices.Equal(r.keys(t, "g"), []string{teaKey, breadKey}) && r.quoted(t, "g", inOwnWords) == ""
		}},
		{"nothing of interest", func() int64 { return m.change("g", library.ChangedRecord, func(*library.Shelf) {}) }, func() bool { return true }},
		{"a number given out for nothing", func() int64 { m.mu.Lock(); defer m.mu.Unlock(); m.seq++; return m.seq }, func() bool { return true }},
	} {
		r.until(t, "g", step.do())
		if !step.want() {
			t.Errorf("after %q the answer is wrong", step.name)
		}
		if got := r.quoted(t, "other", aboutTea); got == "" || r.quoted(t, "other", aboutFerrets) != "" {
			t.Errorf("after %q another guild is told %q", step.name, got)
		}
	}
	r.seen.read(func() {
		if r.seen.open != 0 || r.seen.bytes != 0 || r.seen.cursor != m.seq {
			t.Errorf("%d open, %d bytes, cursor %d of %d", r.seen.open, r.seen.bytes, r.seen.cursor, m.seq)
		}
	})
}

// TestFollowAManyPagedFeed reads more changes than fit in one page.
func TestFollowAManyPagedFeed(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	r.follow(t)
	var seq int64
	for i := range 1300 {
		seq = m.set(fmt.Sprint("g", i%7), "stale-days", fmt.Sprint(i+1))
	}
	r.until(t, "g0", seq)
	for i := range 7 {
		if got, want := r.Settings(fmt.Sprint("g", i)).StaleDays, 1300-(1299-i)%7; got != want {
			t.Errorf("guild %d: %d days, want %d", i, got, want)
		}
	}
}

// TestAFailingSource goes on answering from what is open, and catches up when the
// source is back.
func TestAFailingSource(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("seventeen"))
	r := newRig(t, m, nil)
	r.follow(t)
	r.quoted(t, "g", aboutFerrets)
	r.round()
	m.breakWith(article.ErrUnavailable)
	seq := m.publish("g", "ferrets", ferret("eighteen"))
	r.wake <- struct{}{}
	<-r.seen.turn
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "seventeen") {
		t.Errorf("%q from the open index", got)
	}
	m.breakWith(nil)
	r.until(t, "g", seq)
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "eighteen") {
		t.Errorf("%q when the source is back", got)
	}
}

// TestARebuildThatFails tries again in the background, in later and later rounds.
func TestARebuildThatFails(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("seventeen"))
	r := newRig(t, m, nil)
	r.follow(t)
	r.quoted(t, "g", aboutFerrets)
	r.round()
	m.breakReading(article.ErrUnavailable)
	seq := m.publish("g", "ferrets", ferret("eighteen"))
	r.wake <- struct{}{}
	<-r.seen.turn
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "seventeen") {
		t.Errorf("%q from the open index", got)
	}
	const rounds = 100
	for range rounds {
		r.wake <- struct{}{}
	}
	if n := m.readsOf("g"); n > 12 { // of which each rests twice as long as the one before, up to 32 rounds
		t.Errorf("the shelf was read %d times in %d rounds", n, rounds)
	}
	m.breakReading(nil)
	for range 20 { // more rounds than the longest rest
		r.round()
	}
	r.until(t, "g", seq)
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "eighteen") {
		t.Errorf("%q when the shelf can be read again", got)
	}
}

// TestAFeedThatNoLongerReachesBack reads everything anew, as after a restore, when
// the numbers begin again.
func TestAFeedThatNoLongerReachesBack(t *testing.T) {
	for name, lose := range map[string]func(m *memory) int64{
		"swept":    func(m *memory) int64 { m.horizon, m.feed = m.seq, nil; return m.seq },
		"restored": func(m *memory) int64 { m.seq, m.feed = 1, nil; return m.seq },
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			m.publish("open", "ferrets", ferret("seventeen"))
			m.publish("closed", "ferrets", ferret("seventeen"))
			m.publish("gone", "ferrets", ferret("seventeen"))
			m.set("gone", "stale-days", "90")
			r := newRig(t, m, nil)
			r.follow(t)
			r.quoted(t, "open", aboutFerrets)
			r.quoted(t, "gone", aboutFerrets)
			r.round()
			m.publish("open", "ferrets", ferret("eighteen"))
			m.publish("closed", "ferrets", ferret("eighteen"))
			m.publish("new", "ferrets", ferret("eighteen"))
			m.set("new", "stale-days", "91")
			m.mu.Lock()
			delete(m.shelves, "gone")
			delete(m.settings, "gone")
			seq := lose(m)
			m.mu.Unlock()
			r.round()
			for guild, want := range map[string]string{"open": "eighteen", "closed": "eighteen", "new": "eighteen", "gone": ""} {
				r.until(t, guild, seq)
				if got := r.quoted(t, guild, aboutFerrets); !strings.Contains(got, want) || want == "" && got != "" {
					t.Errorf("%s: %q", guild, got)
				}
			}
			if r.Settings("gone").StaleDays == 90 || r.Settings("new").StaleDays != 91 {
				t.Errorf("settings: %d and %d days", r.Settings("gone").StaleDays, r.Settings("new").StaleDays)
			}
		})
	}
}

func TestFollowedOnce(t *testing.T) {
	r := newRig(t, newMemory(), nil)
	r.follow(t)
	r.round()
	if err := r.Follow(t.Context(), nil); !errors.Is(err, article.ErrConflict) {
		t.Errorf("a second follower: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := r.Wait(ctx, "g", 100); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for what never comes: %v", err)
	}
}

// TestAWakeThatIsClosed must not make the follower run in circles.
func TestAWakeThatIsClosed(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- r.Follow(ctx, r.wake) }()
	r.round()
	close(r.wake)
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if m.calls > 50 {
		t.Errorf("the source was called %d times", m.calls)
	}
}

// TestPublishingNeverFailsAQuestion asks while one edition after the other is
// published. No answer may be of an edition that was replaced before Wait returned.
func TestPublishingNeverFailsAQuestion(t *testing.T) {
	m := newMemory()
	r := newRig(t, m, nil)
	r.follow(t)
	r.until(t, "g", m.publish("g", "ferrets", ferret("0")))
	var published atomic.Int64
	var done atomic.Bool
	var askers sync.WaitGroup
	for range 4 {
		askers.Go(func() {
			for !done.Load() {
				oldest := published.Load()
				ans, err := r.Ask(context.Background(), "g", question(aboutFerrets))
				if err != nil || ans.Quote == nil {
					t.Errorf("%+v, %v", ans, err)
					return
				}
				var got int64
				if _, err := fmt.Sscanf(ans.Quote.Text, "A ferret sleeps for %d hours", &got); err != nil || got < oldest {
					t.Errorf("%q, %v; edition %d was waited for", ans.Quote.Text, err, oldest)
					return
				}
			}
		})
	}
	for n := int64(1); n <= 20; n++ {
		for range 3 { // several changes are taken together
			m.publish("g", "ferrets", ferret(fmt.Sprint(n)))
		}
		r.until(t, "g", m.seq)
		published.Store(n)
	}
	done.Store(true)
	askers.Wait()
}

// TestJoiningAndLeavingChangesNoArticle: a guild of which nothing else is known is
// answered from the shared index, with the database out of reach as well.
func TestJoiningAndLeavingChangesNoArticle(t *testing.T) {
	for _, subject := range []string{"joined", "left"} {
		t.Run(subject, func(t *testing.T) {
			m := newMemory()
			r := newRig(t, m, nil)
			r.follow(t)
			m.mu.Lock()
			m.seq++
			seq := m.seq
			m.feed = append(m.feed, library.Change{Seq: seq, Guild: "g", Kind: library.ChangedGuild, Subject: subject})
			m.mu.Unlock()
			r.until(t, "g", seq)
			m.breakReading(article.ErrUnavailable)
			if ans, err := r.Ask(t.Context(), "g", question(aboutTea)); err != nil || ans.Quote == nil {
				t.Errorf("outcome %v, %v", ans.Outcome, err)
			}
			if n := m.readsOf("g"); n != 0 {
				t.Errorf("its shelf was read %d times", n)
			}
		})
	}
}
