package logbook

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

const posting = "POST /channels/{channel}/messages"

// TestFollow begins at the end of the trail, and goes on after a restart where it stood.
func TestFollow(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	r.add(r.guild.ID, 7)
	r.logTo(r.guild.ID, r.log.ID)
	r.start()
	eventually(t, "the mark", func() bool { m, _ := r.Mark(t.Context(), r.guild.ID, markName); return m == "7" })
	r.add(r.guild.ID, 25)
	r.book.Changed(r.guild.ID)
	eventually(t, "25 entries", func() bool { return len(r.reads(r.log)) >= 25 })
	r.stop()
	r.add(r.guild.ID, 3)
	r.start()
	eventually(t, "3 more", func() bool { return len(r.reads(r.log)) >= 28 })
	r.stop()
	entriesOf(t, r.reads(r.log), 8, 35)
	if n := len(r.From(r.log, r.eva)); n > 6 {
		t.Errorf("%d messages for 28 entries", n)
	}
}

// TestFollowOnce has Discord lose its answers, and the database too, and the program
// start anew: each entry is posted once.
func TestFollowOnce(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	r.logTo(r.guild.ID, r.log.ID)
	r.marks[r.guild.ID+markName] = "0"
	r.faults = []error{nil, article.ErrUnavailable, nil, article.ErrUnavailable, article.ErrUnavailable}
	r.add(r.guild.ID, 12)
	for i := range 4 {
		r.Break(posting, discordtest.CutAfter(), discordtest.Unavailable(), discordtest.CutWithin(), discordtest.Wait(20*time.Millisecond))
		r.start()
		r.add(r.guild.ID, 5)
		r.book.Changed(r.guild.ID)
		eventually(t, "entries", func() bool { return len(r.reads(r.log)) >= 10+5*i })
		r.stop()
	}
	r.Mend()
	r.start()
	eventually(t, "all entries", func() bool { return len(r.reads(r.log)) >= 32 })
	r.stop()
	entriesOf(t, r.reads(r.log), 1, 32)
}

// TestClosedChannel keeps nobody else's entries waiting, is logged once, and gets what
// it missed.
func TestClosedChannel(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	other := r.Guild("other")
	its := other.Channel("log")
	r.logTo(r.guild.ID, r.log.ID)
	r.logTo(other.ID, its.ID)
	r.marks[r.guild.ID+markName], r.marks[other.ID+markName] = "0", "0"
	r.log.Forbid(true)
	r.start()
	for range 3 {
		before := len(r.reads(its))
		r.add(r.guild.ID, 1)
		r.add(other.ID, 1)
		r.book.Changed(r.guild.ID)
		eventually(t, "the other guild's", func() bool { return len(r.reads(its)) > before })
		r.passes(time.Hour)
	}
	eventually(t, "attempts", func() bool {
		return len(r.Requests("POST /api/v10/channels/"+r.log.ID)) >= 2 || len(r.Requests("POST ")) >= 5
	})
	r.log.Forbid(false)
	eventually(t, "what was missed", func() bool {
		r.passes(time.Hour) // again, as an attempt from before may only now be refused
		return len(r.reads(r.log)) >= 3
	})
	r.stop()
	entriesOf(t, r.reads(r.log), 1, 3)
	entriesOf(t, r.reads(its), 1, 3)
	if n := strings.Count(r.logged.String(), "could not be written to"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, r.logged)
	}
}

// TestWhoseTurn: a guild without a log channel, or of another process, gets nothing, and
// one that wants a log again gets what is new then.
func TestWhoseTurn(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	away := r.Guild("away")
	its := away.Channel("log")
	r.logTo(away.ID, its.ID)
	r.marks[away.ID+markName], r.marks[r.guild.ID+markName] = "0", "0"
	r.away[away.ID] = true
	r.add(away.ID, 2)
	r.add(r.guild.ID, 2)
	r.start()
	r.book.Changed(r.guild.ID)
	r.book.Changed(away.ID)
	eventually(t, "the mark to go", func() bool { m, _ := r.Mark(t.Context(), r.guild.ID, markName); return m == "" })
	r.logTo(r.guild.ID, r.log.ID)
	eventually(t, "the mark", func() bool { m, _ := r.Mark(t.Context(), r.guild.ID, markName); return m == "2" })
	r.add(r.guild.ID, 1)
	eventually(t, "the third", func() bool { return len(r.reads(r.log)) >= 1 })
	r.stop()
	entriesOf(t, r.reads(r.log), 3, 3)
	if got := r.reads(its); len(got) > 0 {
		t.Errorf("another process's: %q", got)
	}
}

// TestLongEntries fit, one way or another.
func TestLongEntries(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	r.logTo(r.guild.ID, r.log.ID)
	r.marks[r.guild.ID+markName] = "0"
	r.add(r.guild.ID, 9)
	lengths := map[int64]int{1: 1500, 2: 1500, 3: 1500, 4: 5000, 5: 100}
	b := New(r.config(r.rest, nil))
	b.Line = func(e library.Entry) string { return fmt.Sprint(e.N) + strings.Repeat("x", lengths[e.N]) }
	b.follow(t.Context(), r.guild.ID)
	got := r.From(r.log, r.eva)
	if len(got) != 2 || !strings.HasPrefix(got[0].Text(), "1x") || !strings.Contains(got[1].Text(), "**4** · This change is too long") {
		t.Errorf("%d messages: %+v", len(got), got)
	}
}

func TestCard(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	other := r.guild.Channel("other")
	r.settings[r.guild.ID] = library.Settings{LogChannel: r.log.ID, CardNotes: true}
	r.settings["1"] = library.Settings{LogChannel: other.ID}
	r.start()
	for range 3 {
		r.book.Card(r.guild.ID, "55", safety.TierCrisis)
		r.book.Card(r.guild.ID, "55", safety.TierEmergency)
	}
	r.book.Card(r.guild.ID, "66", safety.TierUrgent)
	r.book.Card("", "77", safety.TierCrisis)
	r.book.Card("1", "88", safety.TierCrisis)
	r.passes(2 * time.Minute)
	r.book.Card(r.guild.ID, "55", safety.TierEmergency)
	eventually(t, "the notes", func() bool { return len(r.reads(r.log)) >= 2 })
	r.stop()
	want := "A crisis card was shown in <#55>. What was written, and by whom, is not passed on.\n" +
		"An emergency card was shown in <#55>. What was written, and by whom, is not passed on."
	if got := strings.Join(r.reads(r.log), "\n"); got != want {
		t.Errorf("%s", got)
	}
	if got := r.reads(other); len(got) > 0 {
		t.Errorf("a guild that wants no notes: %q", got)
	}
}

// TestManyCards does not wait, and does not grow without end.
func TestManyCards(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.settings["g"] = library.Settings{LogChannel: "1", CardNotes: true}
	b := New(m.config(nil, nil))
	for i := range 3000 {
		b.Card("g", fmt.Sprint(i), safety.TierCrisis)
		m.passes(time.Second)
	}
	if n := len(b.notes); n != maxNotes || len(b.noted) > maxNoted {
		t.Errorf("%d notes wait, %d channels are remembered", n, len(b.noted))
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	b := New(r.config(r.rest, nil))
	b.Say(t.Context(), r.guild.ID, "Nobody hears it.")
	r.logTo(r.guild.ID, r.log.ID)
	r.Break(posting, discordtest.CutAfter())
	b.Say(t.Context(), r.guild.ID, "200 answers *looked* at, @everyone.")
	if got := r.reads(r.log); len(got) != 1 || got[0] != "200 answers *looked* at, @everyone." {
		t.Errorf("%q", got)
	}
}
