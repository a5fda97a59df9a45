package discord_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/answer"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// recorded starts a bot with a ledger.
func recorded(t *testing.T, timing discord.Timing, l *ledger) (*walk, *watcher) {
	t.Helper()
	seen := &watcher{}
	return startWith(t, discord.Config{
		Timing: timing, Ledger: l, Observe: seen,
		Askers:   macs,
		Settings: func(string) library.Settings { return library.Settings{RetentionDays: 30} },
	}), seen
}

func TestAnswersAreRecorded(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	w, seen := recorded(t, quick, l)
	ways := map[string]func() (*discordtest.Reply, string, *discordtest.Channel){
		"/ask": func() (*discordtest.Reply, string, *discordtest.Channel) {
			r := w.asks("is it a risk?")
			id, _ := r.Ticket()
			return r, id, w.general
		},
		"a mention": func() (*discordtest.Reply, string, *discordtest.Channel) {
			r := w.Say(w.alice, w.general, w.Mention()+" is it a risk?")
			return r, r.Asked, w.general
		},
		"a direct message": func() (*discordtest.Reply, string, *discordtest.Channel) {
			r := w.Say(w.alice, w.DM(w.alice), "is it a risk?")
			return r, r.Asked, w.DM(w.alice)
		},
	}
	n := 0
	for name, ask := range ways {
		r, question, in := ask()
		message := w.reads(r)
		n++
		got := l.rows(t, n)[n-1]
		guild := w.guild.ID
		if name == "a direct message" {
			guild = library.Direct
		}
		quote := aQuote("It is *generally* safe, @everyone.")
		want := library.Posted{
			ID: got.ID, Channel: in.ID, Message: message.ID, Question: question, Outcome: "answered", Tier: "safety",
			Quoted: library.Place{Article: quote.Article, Revision: quote.Span.Revision, Start: quote.Span.Start, End: quote.Span.End},
			Hash:   library.HashOf(quote.Text), Sure: 950, Asker: "mac of " + w.alice.ID + " in " + guild, At: got.At, Expires: got.At.AddDate(0, 0, 30),
			Others: []library.Place{{Article: "another-article", Revision: "rev-2", Start: 7, End: 11}},
		}
		if diff := cmp.Diff(want, got.Posted); diff != "" {
			t.Errorf("%s: recorded otherwise (-want +got):\n%s", name, diff)
		}
		if got.guild != guild || got.ID == "" || time.Since(got.At) > time.Minute || !got.under.IsZero() {
			t.Errorf("%s: recorded for %s under %v: %+v", name, got.guild, got.under, got.Posted)
		}
	}
	if seen.failed() != 0 || len(seen.replies) != n || seen.replies[0] != "answered safety" {
		t.Errorf("observed %d failures and %q", seen.failed(), seen.replies)
	}
}

// TestRecordComesFirst has a ledger that takes a while, and waits for it.
func TestRecordComesFirst(t *testing.T) {
	t.Parallel()
	l := &ledger{slow: 300 * time.Millisecond}
	w, seen := recorded(t, quick, l)
	r := w.asks("is it safe?")
	w.reads(r)
	if r.Delay() < l.slow || seen.failed() != 0 {
		t.Errorf("sent after %v with %d failures; recording takes %v", r.Delay(), seen.failed(), l.slow)
	}
}

func TestPromisedAnswerIsRecorded(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	w, _ := recorded(t, hasty(), l)
	w.oracle.take(300 * time.Millisecond)
	r := w.asks("is it safe?")
	w.promised(r)
	if message := w.reads(r); l.rows(t, 1)[0].Message != message.ID {
		t.Errorf("recorded %+v, want the message %s", l.rows(t, 1)[0], message.ID)
	}
}

// TestFirstQuoteIsRecorded asks several questions at once.
func TestFirstQuoteIsRecorded(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	w, _ := recorded(t, quick, l)
	w.reads(w.asks("two in one"))
	if got := l.rows(t, 1)[0]; got.Hash != library.HashOf("The second part.") {
		t.Errorf("recorded %+v", got)
	}
}

// TestQuotelessRepliesAreRecorded has an abstention and an apology.
func TestQuotelessRepliesAreRecorded(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	w, _ := recorded(t, quick, l)
	w.reads(w.asks("which technique?"))
	w.reads(w.asks("ask panics"))
	rows := l.rows(t, 2)
	for i, want := range []string{"abstained", "failed"} {
		if got := rows[i]; got.Outcome != want || got.Quoted != (library.Place{}) || got.Hash != "" {
			t.Errorf("recorded %+v, want no quote and outcome %s", got, want)
		}
	}
}

// TestAnsweredElsewhereIsSilence has a question that another process answers.
func TestAnsweredElsewhereIsSilence(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	w, seen := recorded(t, hasty(), l)
	w.oracle.take(200 * time.Millisecond)
	r := w.Say(w.alice, w.general, w.Mention()+" is it safe?")
	taken := library.Posted{ID: "another's", Question: r.Asked}
	if err := l.Post(t.Context(), w.guild.ID, taken, lease.Lease{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the bot to find out", func() bool { return strings.Contains(w.log.String(), "has an answer already") })
	if r.Count() != 0 || seen.failed() != 0 {
		t.Errorf("%d replies, %d failures; want silence", r.Count(), seen.failed())
	}
	w.reads(w.Say(w.alice, w.general, w.Mention()+" is it safe?"))
}

// TestRepeatedEventIsAnsweredOnce delivers events twice, with and without a ledger.
func TestRepeatedEventIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]discord.Config{
		"no ledger": {Timing: quick}, "ledger": {Timing: quick, Ledger: &ledger{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWith(t, cfg)
			for _, question := range []string{"is it safe?", "I want to end it all"} {
				asked := []*discordtest.Reply{w.asks(question), w.Say(w.alice, w.general, w.Mention()+" "+question)}
				for _, r := range asked {
					w.Replay(r)
					w.reads(r)
				}
				w.reads(w.asks("the next question"))
				for _, r := range asked {
					if n := r.Count(); n != 1 {
						t.Errorf("%q got %d replies", question, n)
					}
				}
			}
			if got := len(w.oracle.questions()); got != 4 { // two that need an answer, and the next one twice
				t.Errorf("%d questions were asked", got)
			}
		})
	}
}

// TestLedgerStopsNoAnswer has ledgers that fail, are slow, or hang for ever.
func TestLedgerStopsNoAnswer(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	ledgers := map[string]*ledger{
		"fails": {fail: errNoRoom}, "slow": {slow: 1500 * time.Millisecond}, "stuck": {stuck: stuck},
	}
	for name, l := range ledgers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, seen := recorded(t, quick, l)
			r := w.asks("is it safe?")
			contains(t, w.reads(r).Text(), "safe")
			if r.Deferred() || r.Delay() > 2500*time.Millisecond {
				t.Errorf("deferred %v, after %v", r.Deferred(), r.Delay())
			}
			contains(t, w.reads(w.Say(w.alice, w.general, w.Mention()+" is it safe?")).Text(), "safe")
			if seen.failed() < 2 {
				t.Errorf("%d failures were observed, want one a question", seen.failed())
			}
			if name == "slow" {
				l.rows(t, 2) // they come in the end
			}
			leavesWithin(t, w, 5*time.Second)
		})
	}
}

// TestCardWaitsForNoLedger has a crisis while the ledger hangs.
func TestCardWaitsForNoLedger(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	w, _ := recorded(t, quick, &ledger{stuck: stuck})
	r := w.asks("I want to end it all")
	contains(t, w.reads(r).Text(), crisisCard.Action)
	if r.Delay() > 600*time.Millisecond { // less than an answer waits
		t.Errorf("the card came after %v", r.Delay())
	}
	contains(t, w.reads(w.Say(w.alice, w.general, w.Mention()+" I want to end it all")).Text(), crisisCard.Action)
}

func TestCardIsRecordedAfterwards(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	w, _ := recorded(t, quick, l)
	message := w.reads(w.asks("I want to end it all"))
	if got := l.rows(t, 1)[0]; got.Outcome != string(answer.CardOnly) || got.Tier != "crisis" || got.Message != message.ID {
		t.Errorf("recorded %+v", got)
	}
}
