package discord_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/keyring"
	"verbatim/internal/library"
)

// ring is the discord.Sealer that the program uses.
type ring struct{ *keyring.Ring }

// Seal implements discord.Sealer.
func (r ring) Seal(purpose string, payload []byte) (string, error) {
	return r.Ring.Seal(purpose, rand.Reader, payload)
}

// sealed makes a bot use it.
func sealed(t *testing.T) func(*discord.Config) {
	t.Helper()
	keys, err := keyring.Open(filepath.Join(t.TempDir(), "keys"), rand.Reader, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return func(c *discord.Config) { c.Sealer = ring{keys} }
}

// labels are those of the buttons of a message.
func labels(seen discordtest.Seen) []string {
	var all []string
	for _, b := range seen.Buttons {
		all = append(all, b.Label)
	}
	return all
}

// ask lets alice ask in the general channel, also in private.
func (f *furnished) ask(question string, private bool) discordtest.Seen {
	f.t.Helper()
	seen := f.reads(f.Run(f.alice, f.general, "/ask", discordtest.Options{"question": question, "private": private}))
	f.settled(seen)
	return seen
}

// settled waits until the ledger knows which message an answer became.
func (f *furnished) settled(seen discordtest.Seen) {
	f.t.Helper()
	eventually(f.t, "the record to name the message", func() bool {
		f.ledger.mu.Lock()
		defer f.ledger.mu.Unlock()
		return slices.ContainsFunc(f.ledger.posted, func(r row) bool { return r.Message == seen.ID })
	})
}

// clicks lets a member click a button, and returns what they see.
func (f *furnished) clicks(by *discordtest.Member, on discordtest.Seen, button string) discordtest.Seen {
	f.t.Helper()
	return f.reads(f.Click(by, on.ID, button))
}

// tells lets a member use a custom id on a message and expects a private sentence
// beside it.
func (f *furnished) tells(by *discordtest.Member, on discordtest.Seen, id, sentence string) {
	f.t.Helper()
	seen := f.reads(f.Stale(by, on.ID, id))
	contains(f.t, seen.Text(), sentence)
	if !seen.Ephemeral || seen.ID == on.ID {
		f.t.Errorf("%q: ephemeral %v, in place %v", sentence, seen.Ephemeral, seen.ID == on.ID)
	}
}

// id is the custom id of a button.
func id(t *testing.T, seen discordtest.Seen, label string) string {
	t.Helper()
	b, ok := seen.Button(label)
	if !ok {
		t.Fatalf("there is no button %q among %q", label, labels(seen))
	}
	return b.CustomID
}

const (
	stale   = "This button no longer works. Please ask the question again."
	broken  = "Something went wrong on my side. Please ask again in a moment."
	late    = "I could not finish this in time. Please ask again in a moment."
	offline = "The articles could not be searched just now. Please ask again in a minute."
	pointer = "only in an age-restricted channel"
)

func TestButtonsOfAnAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		question        string
		private, direct bool
		want            []string
	}{
		"public":               {question: "is it safe?", want: []string{"Helpful", "Not helpful", "In context", "More", "Cite", "Remove"}},
		"private":              {question: "is it safe?", private: true, want: []string{"Helpful", "Not helpful", "In context", "More", "Cite", "Share"}},
		"private, with a card": {question: "a fever", private: true, want: []string{"Helpful", "Not helpful", "In context", "More", "Cite"}},
		"direct messages":      {question: "is it safe?", direct: true, want: []string{"Helpful", "Not helpful", "In context", "More", "Cite"}},
		"a minor":              {question: "I am 15", want: []string{"Helpful", "Not helpful", "Cite"}},
		"a minor, private":     {question: "I am 15", private: true, want: []string{"Helpful", "Not helpful", "Cite"}},
		"no answer":            {question: "unknown", want: []string{"Is it safe?", "How to brew", "Remove"}},
		"no answer, a minor":   {question: "unknown; I am 15"},
		"a private card":       {question: "end it all"},
		"an apology":           {question: "ask panics"},
	}
	f := furnish(t, nil)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in := f.general
			if test.direct {
				in = f.DM(f.alice)
			}
			seen := f.reads(f.Run(f.alice, in, "/ask", discordtest.Options{"question": test.question, "private": test.private}))
			if got := labels(seen); !slices.Equal(got, test.want) {
				t.Errorf("buttons %q, want %q", got, test.want)
			}
		})
	}
}

func TestHelpful(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it safe?", false)
	bob := f.Member("bob")
	r := f.Click(bob, answer.ID, "Helpful")
	seen := f.reads(r)
	if seen.Text() != "Thank you. That is noted." || !seen.Ephemeral {
		t.Errorf("ephemeral %v: %s", seen.Ephemeral, seen.Text())
	}
	if _, ok := r.SeenBy(f.alice); ok {
		t.Error("others see what somebody thought of an answer")
	}
	f.clicks(bob, answer, "Not helpful") // the last one counts
	f.clicks(f.alice, answer, "Helpful")
	got := map[string]library.Verdict{}
	for _, v := range f.ledger.voted() {
		got[v.voter] = v.Verdict
	}
	if len(got) != 2 || got[macs(f.guild.ID, bob.ID)[0]] != library.NotHelpful || got[macs(f.guild.ID, f.alice.ID)[0]] != library.Helpful {
		t.Errorf("verdicts %v", got)
	}
}

// TestReason says why an answer was not helpful, from a public and a private answer,
// with and without a word.
func TestReason(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		private     bool
		typed, kept string
	}{
		"public":       {typed: " too\nold ", kept: "too old"},
		"private":      {private: true, typed: "@everyone", kept: "@everyone"},
		"not a word":   {},
		"the longest":  {typed: strings.Repeat("ä", library.MaxReason), kept: strings.Repeat("ä", library.MaxReason)},
		"beyond words": {typed: strings.Repeat("🦀", library.MaxReason/2), kept: strings.Repeat("🦀", library.MaxReason/2)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := furnish(t, nil)
			answer := f.ask("is it safe?", test.private)
			thanks := f.clicks(f.alice, answer, "Not helpful")
			if !thanks.Ephemeral || thanks.ID == answer.ID {
				t.Errorf("ephemeral %v, in place %v", thanks.Ephemeral, thanks.ID == answer.ID)
			}
			shown := f.Click(f.alice, thanks.ID, "Say why")
			form, err := shown.Modal(within(t, 5*time.Second))
			if err != nil || form.Title != "What was wrong with it?" || form.Fields[0].Required || !form.Fields[0].Paragraph {
				t.Fatalf("%v: %+v", err, form)
			}
			done := f.reads(f.Submit(shown, map[string]string{form.Fields[0].Label: test.typed}))
			if done.ID != thanks.ID || len(done.Buttons) != 0 {
				t.Errorf("in place %v, buttons %q", done.ID == thanks.ID, labels(done))
			}
			if votes := f.ledger.voted(); len(votes) != 1 || votes[0].Reason != test.kept || votes[0].Verdict != library.NotHelpful {
				t.Errorf("kept %+v", votes)
			}
			if log := f.log.String(); test.typed != "" && strings.Contains(log, test.kept) {
				t.Error("the reason is in the log")
			}
		})
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	notes := &noted{}
	f := furnish(t, func(c *discord.Config) { c.Trail = notes })
	roles := f.guild.Role("helpers", 0)
	helper := f.Member("helper")
	helper.Give(roles)
	f.decide(library.Settings{ModeratorRoles: []string{roles.ID}})
	ways := map[string]func() discordtest.Seen{
		"/ask":      func() discordtest.Seen { return f.reads(f.asks("is it safe?")) },
		"mention":   func() discordtest.Seen { return f.reads(f.Say(f.alice, f.general, f.Mention()+" is it safe?")) },
		"no answer": func() discordtest.Seen { return f.reads(f.asks("unknown")) },
	}
	for name, way := range ways {
		for _, by := range []*discordtest.Member{f.alice, f.mod, helper} {
			answer := way()
			f.settled(answer)
			contains(t, f.clicks(f.Member("bob"), answer, "Remove").Text(), "Only the person who asked, or a moderator, can do that.")
			f.Click(by, answer.ID, "Remove")
			eventually(t, name+" to be removed by "+by.Name, func() bool {
				_, there := f.See(f.alice, answer.ID)
				return !there && f.ledger.count() == 0
			})
		}
		// Who asked may remove the answer without a word; of a moderator the trail tells.
		eventually(t, "both removals by moderators to be noted", func() bool { return len(notes.taken()) >= 2 })
		by := notes.clear()
		slices.Sort(by)
		want := []string{"answer.remove in " + f.guild.ID + " by " + f.mod.ID, "answer.remove in " + f.guild.ID + " by " + helper.ID}
		if slices.Sort(want); !slices.Equal(by, want) {
			t.Errorf("noted %q, want %q", by, want)
		}
	}
}

// TestRemoveWaitsForNoTrail: a trail that is out of reach, or slow, holds up no removal.
func TestRemoveWaitsForNoTrail(t *testing.T) {
	t.Parallel()
	notes := &noted{hang: make(chan struct{})}
	defer close(notes.hang)
	f := furnish(t, func(c *discord.Config) { c.Trail = notes })
	answer := f.reads(f.asks("is it safe?"))
	f.settled(answer)
	f.Click(f.mod, answer.ID, "Remove")
	eventually(t, "the answer to go", func() bool {
		_, there := f.See(f.alice, answer.ID)
		return !there && f.ledger.count() == 0
	})
}

// noted is an audit trail in memory.
type noted struct {
	mu      sync.Mutex
	entries []string
	hang    chan struct{} // Note waits for it when there is one
}

func (n *noted) Note(_ context.Context, guild string, e library.Entry, act library.Act) error {
	if n.hang != nil {
		<-n.hang
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if e.Subject != "" {
		n.entries = append(n.entries, e.Action+" in "+guild+" by "+act.Actor)
	}
	return nil
}

func (n *noted) taken() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.entries)
}

func (n *noted) clear() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.entries
	n.entries = nil
	return all
}

// TestRemoveWhenDiscordIsDifficult fails the first way to delete a message, and then
// both of them: what is still there keeps its record and its button.
func TestRemoveWhenDiscordIsDifficult(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it safe?", false)
	const hook, plain = "DELETE /webhooks/{app}/{token}/messages/@original", "DELETE /channels/{channel}/messages/{message}"
	refused := discordtest.Fault{Status: 403}
	f.Break(hook, refused)
	f.Break(plain, refused)
	seen := f.clicks(f.alice, answer, "Remove")
	contains(t, seen.Text(), broken)
	if !seen.Ephemeral || f.ledger.count() != 1 {
		t.Errorf("ephemeral %v, %d records", seen.Ephemeral, f.ledger.count())
	}
	f.Break(hook, refused)
	f.Click(f.alice, answer.ID, "Remove")
	eventually(t, "the message to go", func() bool {
		_, there := f.See(f.alice, answer.ID)
		return !there && f.ledger.count() == 0
	})
}

// TestNearestHeadings opens the sections that come closest, in private.
func TestNearestHeadings(t *testing.T) {
	t.Parallel()
	for _, private := range []bool{false, true} {
		f := furnish(t, nil)
		reply := f.ask("unknown", private)
		contains(t, reply.Text(), "The articles do not answer that.")
		if strings.Contains(reply.Text(), "generally") {
			t.Errorf("something is invented:\n%s", reply.Text())
		}
		seen := f.clicks(f.alice, reply, "Is it safe?")
		contains(t, seen.Text(), "Let it cool first.", "By Jo Kettle", "19 July 2017")
		if !seen.Ephemeral || seen.ID == reply.ID {
			t.Errorf("ephemeral %v, in place %v", seen.Ephemeral, seen.ID == reply.ID)
		}
		contains(t, f.clicks(f.alice, reply, "How to brew").Text(), pointer)
		f.desk.change(func() { f.desk.gone["tea"] = true })
		contains(t, f.clicks(f.alice, reply, "Is it safe?").Text(), "There are no articles here yet.")
	}
}
