package discord_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/answer"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/memory"
)

func TestMain(m *testing.M) {
	flag.Parse()
	// The tests wait for timers more than they work: run some of them at once, however
	// few processors there are, but not so many that one waits for the others.
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic(err)
	}
	// The search library starts workers when it is loaded; they are not ours.
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// quick is a timing for tests: coming back takes milliseconds, while deadlines
// leave room for a machine that has other things to do.
var quick = discord.Timing{
	Fast: time.Second, Answer: 10 * time.Second, Connect: 2 * time.Second, Silence: time.Minute,
	Identify: time.Millisecond, Backoff: 10 * time.Millisecond, MaxBackoff: 50 * time.Millisecond, Grace: 500 * time.Millisecond,
}

// generous lets tests ask without a pause.
var generous = memory.Limits{Member: memory.Rate{Burst: 1 << 20, Every: 1}, Guild: memory.Rate{Burst: 1 << 20, Every: 1}}

// hasty is quick with hardly any time for an answer to be the callback.
func hasty() discord.Timing {
	timing := quick
	timing.Fast = 50 * time.Millisecond
	return timing
}

// walk is a bot at work in a local Discord.
type walk struct {
	*discordtest.Server
	t       *testing.T
	oracle  *oracle
	log     *syncBuffer
	alice   *discordtest.Member
	guild   *discordtest.Guild
	general *discordtest.Channel
	adults  *discordtest.Channel
	stop    func() error // ends the bot and returns what Run returned
}

// start runs a bot until the test ends and waits for it to be connected.
func start(t *testing.T, timing discord.Timing, options ...discordtest.Option) *walk {
	t.Helper()
	return startWith(t, discord.Config{Timing: timing}, options...)
}

// startWith is start for a bot with more than a timing. It comes back at once when
// it is cut off, faster than Discord allows.
func startWith(t *testing.T, cfg discord.Config, options ...discordtest.Option) *walk {
	t.Helper()
	s := discordtest.New(t, append([]discordtest.Option{discordtest.IdentifyWindow(0)}, options...)...)
	w := &walk{Server: s, t: t, oracle: &oracle{}, log: &syncBuffer{}, alice: s.Member("alice"), guild: s.Guild("A guild")}
	w.general, w.adults = w.guild.Channel("general"), w.guild.AgeRestricted("adults")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	cfg.Token, cfg.API = s.Token(), s.URL()
	cfg.Limits.Member, cfg.Limits.Guild = cmp.Or(cfg.Limits.Member, generous.Member), cmp.Or(cfg.Limits.Guild, generous.Guild)
	cfg.Logger = slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	bot, err := discord.New(cfg, w.oracle)
	if err != nil {
		t.Fatal(err)
	}
	go func() { ended <- bot.Run(ctx) }()
	w.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := w.stop(); err != nil {
			t.Errorf("Run = %v", err)
		}
		if strings.Contains(w.log.String(), s.Token()) {
			t.Error("the token is in the log")
		}
		if t.Failed() {
			t.Log(w.log)
		}
	})
	if err := s.Connected(within(t, 5*time.Second)); err != nil {
		t.Fatal(err, w.log)
	}
	return w
}

// within is a context that ends after d or with the test.
func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// reads returns what the member who asked sees in the end.
func (w *walk) reads(r *discordtest.Reply) discordtest.Seen {
	w.t.Helper()
	seen, err := r.Wait(within(w.t, 15*time.Second))
	if err != nil {
		w.t.Fatal(err)
	}
	return seen
}

// promised waits until the reply is deferred.
func (w *walk) promised(r *discordtest.Reply) {
	w.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !r.Deferred(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatal("nothing was promised")
		}
	}
}

func (w *walk) asks(question string) *discordtest.Reply {
	w.t.Helper()
	return w.Run(w.alice, w.general, "/ask", discordtest.Options{"question": question})
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%s", part, text)
		}
	}
}

func TestAskAnswersAsTheCallback(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	r := w.asks("is it a risk?")
	seen := w.reads(r)
	contains(t, seen.Text(), "Not medical advice", "> It is *generally* safe, @everyone.", "By Stephen Venneman",
		"A writer with credentials.", "Updated 19 July 2017", "https://example.org/article")
	if strings.Index(seen.Text(), "Not medical advice") > strings.Index(seen.Text(), "generally") {
		t.Error("the disclaimer comes after the quote")
	}
	if r.Deferred() || seen.Ephemeral || seen.Edited {
		t.Errorf("deferred %v, ephemeral %v, edited %v; want a public callback", r.Deferred(), seen.Ephemeral, seen.Edited)
	}
	if _, ok := r.SeenBy(w.Member("bob")); !ok {
		t.Error("another member does not see a public reply")
	}
}

func TestAskPromisesWhatIsSlow(t *testing.T) {
	t.Parallel()
	for _, private := range []bool{false, true} {
		w := start(t, hasty())
		w.oracle.take(400 * time.Millisecond)
		r := w.Run(w.alice, w.general, "/ask", discordtest.Options{"question": "is it safe?", "private": private})
		seen := w.reads(r)
		contains(t, seen.Text(), "safe")
		if !r.Deferred() || seen.Ephemeral != private || r.FollowUps() != 0 {
			t.Errorf("deferred %v, ephemeral %v, follow-ups %d; want a promise with private = %v", r.Deferred(), seen.Ephemeral, r.FollowUps(), private)
		}
		if _, ok := r.SeenBy(w.Member("bob")); ok == private {
			t.Errorf("another member sees it: %v; private: %v", ok, private)
		}
	}
}

func TestPrivateAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	r := w.Run(w.alice, w.general, "/ask", discordtest.Options{"question": "is it safe?", "private": true})
	if seen := w.reads(r); !seen.Ephemeral {
		t.Error("a private answer is public")
	}
}

// TestEveryCardIsPrivate in reply to a command, at once and when it was promised.
func TestEveryCardIsPrivate(t *testing.T) {
	t.Parallel()
	for _, slow := range []bool{false, true} {
		w := start(t, hasty())
		if slow {
			w.oracle.take(400 * time.Millisecond)
		}
		r := w.asks("I have a fever")
		seen := w.reads(r)
		contains(t, seen.Text(), urgentCard.Action)
		if _, others := r.SeenBy(w.Member("bob")); r.Deferred() != slow || !seen.Ephemeral || others {
			t.Errorf("deferred %v, ephemeral %v, seen by others %v", r.Deferred(), seen.Ephemeral, others)
		}
	}
}

func TestCrisisCardIsThePrivateCallback(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	w.oracle.take(time.Hour) // nothing may wait for retrieval
	r := w.asks("I want to end it all")
	seen := w.reads(r)
	contains(t, seen.Text(), crisisCard.Title, crisisCard.Action, crisisCard.Note)
	if r.Deferred() || !seen.Ephemeral || len(w.oracle.questions()) != 0 {
		t.Errorf("deferred %v, ephemeral %v, asked %d times", r.Deferred(), seen.Ephemeral, len(w.oracle.questions()))
	}
	if _, ok := r.SeenBy(w.Member("bob")); ok {
		t.Error("another member sees a crisis card")
	}
}

func TestMention(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	for _, mention := range []string{w.Mention(), strings.Replace(w.Mention(), "<@", "<@!", 1)} {
		r := w.Say(w.alice, w.general, mention+" is it a risk?")
		seen := w.reads(r)
		contains(t, seen.Text(), "Not medical advice", "generally")
		if seen.ReplyTo != r.Asked {
			t.Errorf("the reply is to %q, want %q", seen.ReplyTo, r.Asked)
		}
	}
	if got := w.oracle.questions()[0].Text; got != "is it a risk?" {
		t.Errorf("asked %q", got)
	}
}

func TestCrisisMentionIsPublicAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	seen := w.reads(w.Say(w.alice, w.general, w.Mention()+" alice wants to end it all"))
	contains(t, seen.Text(), crisisCard.Action)
	if strings.Contains(seen.Text(), "alice") || strings.Contains(seen.Text(), "end it all") {
		t.Errorf("the reply repeats the question:\n%s", seen.Text())
	}
}

func TestDirectMessage(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	seen := w.reads(w.Say(w.alice, w.DM(w.alice), "which technique?"))
	contains(t, seen.Text(), "age-restricted channel")
}

func TestBareMentionIsHelped(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	contains(t, w.reads(w.Say(w.alice, w.general, w.Mention())).Text(), "Ask me about massage.")
}

// TestSilence writes what is not for the bot, then what is, and expects one reply.
func TestSilence(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	w.Say(w.alice, w.general, "is it safe?")
	w.Say(w.alice, w.general, "@everyone is it safe?")
	w.Say(w.OtherBot("robot"), w.general, w.Mention()+" is it safe?")
	w.Say(w.alice, w.general, "<@123> is it safe?")
	w.reads(w.Say(w.alice, w.general, w.Mention()+" is it safe?"))
	if got := len(w.From(w.general, w.alice)); got != 1 {
		t.Errorf("the bot wrote %d messages, want 1", got)
	}
}

func TestChannelPolicy(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	plain := w.general
	tests := []struct {
		name string
		in   *discordtest.Channel
		want answer.Channel
	}{
		{"general", plain, answer.General},
		{"thread in general", plain.Thread("talk"), answer.General},
		{"age-restricted", w.adults, answer.AgeRestricted},
		{"thread in age-restricted", w.adults.Thread("talk"), answer.AgeRestricted},
		{"known to REST only", w.guild.Hidden("hidden"), answer.AgeRestricted},
		{"thread known to REST only", w.guild.Hidden("hidden too").Thread("talk"), answer.AgeRestricted},
		{"direct messages", w.DM(w.alice), answer.General},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w.reads(w.Run(w.alice, test.in, "/ask", discordtest.Options{"question": "which technique?"}))
			asked := w.oracle.questions()
			if got := asked[len(asked)-1].Channel; got != test.want {
				t.Errorf("channel kind = %v, want %v", got, test.want)
			}
		})
	}
}

func TestChannelPolicyFollowsChanges(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	w.adults.Restrict(false)
	w.reads(w.Run(w.alice, w.adults, "/ask", discordtest.Options{"question": "which technique?"}))
	if got := w.oracle.questions()[0].Channel; got != answer.General {
		t.Errorf("channel kind = %v after the flag was taken away", got)
	}
}

func TestUnknownChannelFailsClosed(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	hidden := w.guild.Hidden("hidden")
	w.Break("GET /channels/{channel}", discordtest.Fault{Status: 403})
	contains(t, w.reads(w.Run(w.alice, hidden, "/ask", discordtest.Options{"question": "which technique?"})).Text(), "age-restricted channel")
}

// TestLongestQuestion sends what the longest message allows, with the words that
// matter at its end.
func TestLongestQuestion(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	long := strings.Repeat("so ", 1328) + "end it all"
	contains(t, w.reads(w.asks(long)).Text(), crisisCard.Action)
	contains(t, w.reads(w.Say(w.alice, w.general, w.Mention()+long)).Text(), crisisCard.Action)
}

func TestEveryFailureIsASentence(t *testing.T) {
	t.Parallel()
	timing := hasty()
	timing.Answer = time.Second
	tests := []struct{ question, want string }{
		{"ask panics", "Something went wrong on my side."},
		{"screen panics", "safe"},
		{"broken", "The library is out of reach."},
	}
	w := start(t, timing)
	for _, test := range tests {
		contains(t, w.reads(w.asks(test.question)).Text(), test.want)
		contains(t, w.reads(w.Say(w.alice, w.general, w.Mention()+" "+test.question)).Text(), test.want)
	}
	w.oracle.take(time.Hour)
	r := w.asks("a stubborn risk")
	contains(t, w.reads(r).Text(), "Not medical advice", "I could not finish this in time.")
	if !r.Deferred() {
		t.Error("what took longer than Fast was not deferred")
	}
}

func TestRegistrationIsIdempotent(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	bot, err := discord.New(discord.Config{Token: w.Token(), API: w.URL(), Timing: quick}, w.oracle)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	if err := w.Connected(within(t, 5*time.Second)); err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := len(w.Requests("PUT /applications")); got != 1 {
		t.Errorf("commands were written %d times, want once", got)
	}
}

func TestSurvivesRESTFaults(t *testing.T) {
	t.Parallel()
	const callbackRoute = "POST /interactions/{id}/{token}/callback"
	faults := map[string][]discordtest.Fault{
		"rate limit":         {{Status: 429, RetryAfter: 200 * time.Millisecond}},
		"rate limit in HTML": {{Status: 429, HTML: true}},
		"server fault":       {{Status: 503}, {Status: 502, HTML: true}},
		"reset":              {{Cut: true}},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, quick)
			w.Break(callbackRoute, fault...)
			contains(t, w.reads(w.asks("is it safe?")).Text(), "safe")
			w.Break("POST /channels/{channel}/messages", fault...)
			contains(t, w.reads(w.Say(w.alice, w.general, w.Mention()+" is it safe?")).Text(), "safe")
		})
	}
}

// TestRateLimitDoesNotHoldUpLeaving asks Discord to say "wait half a minute".
func TestRateLimitDoesNotHoldUpLeaving(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	w.Break("POST /channels/{channel}/messages", discordtest.Fault{Status: 429, RetryAfter: 30 * time.Second})
	w.Say(w.alice, w.general, w.Mention()+" is it safe?")
	leavesWithin(t, w, 5*time.Second)
}

func leavesWithin(t *testing.T, w *walk, limit time.Duration) {
	t.Helper()
	began := time.Now()
	if err := w.stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	if took := time.Since(began); took > limit {
		t.Errorf("leaving took %v", took)
	}
}

func TestLeavesWhileAnswering(t *testing.T) {
	t.Parallel()
	w := start(t, hasty())
	w.oracle.take(time.Hour)
	r := w.asks("is it a risk?")
	w.promised(r)
	leavesWithin(t, w, 5*time.Second)
	contains(t, w.reads(r).Text(), "Please ask again in a moment.")
}

func TestLeavesWhileDiscordIsAway(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Refuse(1 << 30)
	bot, err := discord.New(discord.Config{Token: s.Token(), API: s.URL()}, &oracle{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := bot.Run(ctx); err != nil {
		t.Errorf("Run = %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("leaving took %v", took)
	}
}

func TestWrongTokenIsFatal(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	const wrong = "MTEwMDAwMDAwMDA0MTk0MzA1.GtEsTs.not-the-token-that-is-expected-here"
	bot, err := discord.New(discord.Config{Token: "Bot " + wrong, API: s.URL(), Timing: quick}, &oracle{})
	if err != nil {
		t.Fatal(err)
	}
	err = bot.Run(within(t, 5*time.Second))
	if err == nil || !strings.Contains(err.Error(), "Discord refuses the token") || strings.Contains(err.Error(), wrong) {
		t.Errorf("Run = %v", err)
	}
	if got := len(s.Requests("GET /applications/@me")); got != 1 {
		t.Errorf("the wrong token was tried %d times", got)
	}
}

// syncBuffer is a log that may be read while it is written.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func TestReach(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	if err := discord.Reach(t.Context(), discord.Config{API: s.URL()}); err != nil {
		t.Errorf("Reach = %v", err)
	}
	s.Break("GET /gateway", discordtest.Fault{Status: 404})
	if err := discord.Reach(t.Context(), discord.Config{API: s.URL()}); err == nil {
		t.Error("Reach is content with 404")
	}
	if err := discord.Reach(t.Context(), discord.Config{API: "http://127.0.0.1:1"}); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Reach of nothing = %v", err)
	}
}
