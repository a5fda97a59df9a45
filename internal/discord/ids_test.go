package discord_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestButtonsOutliveARestart uses them with a bot that has the ledger and the key, and
// nothing in memory.
func TestButtonsOutliveARestart(t *testing.T) {
	t.Parallel()
	f := furnish(t, sealed(t))
	answer, private, unknown := f.ask("is it safe?", false), f.ask("is it safe?", true), f.ask("unknown", false)
	card := f.reads(f.Say(f.alice, f.general, f.Mention()+" end it all"))
	f.restart()
	for label, want := range map[string]string{
		"Helpful": "Thank you.", "Not helpful": "Thank you.", "In context": "**It is generally safe", "More": "Tea is a drink.", "Cite": "Kettle",
	} {
		contains(t, f.clicks(f.alice, answer, label).Text(), want)
		contains(t, f.clicks(f.alice, private, label).Text(), want)
	}
	contains(t, f.clicks(f.alice, unknown, "How to brew").Text(), pointer)
	contains(t, f.clicks(f.alice, card, "Show helplines").Text(), crisisCard.Bullets[0])
	contains(t, f.clicks(f.alice, private, "Share").Text(), "Shared from a private reply.")
	f.Click(f.alice, answer.ID, "Remove")
	eventually(t, "the message to go", func() bool { _, there := f.See(f.alice, answer.ID); return !there })
}

// TestButtonsEnd: with the record, with the guild's retention, with the key.
func TestButtonsEnd(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	f := furnish(t, func(c *discord.Config) {
		c.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	})
	f.decide(library.Settings{RetentionDays: 30})
	answer, removed := f.ask("is it safe?", false), f.ask("is it safe?", false)
	if err := f.ledger.ForgetMessages(t.Context(), f.guild.ID, removed.ID); err != nil {
		t.Fatal(err)
	}
	ofRecord := []string{"Helpful", "Not helpful", "In context", "More", "Cite", "Remove"}
	for _, label := range ofRecord {
		f.tells(f.alice, removed, id(t, removed, label), stale)
	}
	ahead.Store(int64(29 * 24 * time.Hour))
	contains(t, f.clicks(f.alice, answer, "Helpful").Text(), "Thank you.")
	ahead.Store(int64(30 * 24 * time.Hour))
	for _, label := range ofRecord {
		f.tells(f.alice, answer, id(t, answer, label), stale)
	}
	f.cfg.Sealer = nil
	sealed(t)(&f.cfg)
	ahead.Store(0)
	f.restart()
	f.tells(f.alice, answer, id(t, answer, "Helpful"), stale)
}

// TestButtonsBelongToTheirMessage uses them on another message, in another guild and
// in direct messages.
func TestButtonsBelongToTheirMessage(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer, other, unknown := f.ask("is it safe?", false), f.ask("is it safe?", false), f.ask("unknown", false)
	elsewhere := f.reads(f.Run(f.alice, f.Guild("Another guild").Channel("general"), "/ask", discordtest.Options{"question": "is it safe?"}))
	direct := f.reads(f.Run(f.alice, f.DM(f.alice), "/ask", discordtest.Options{"question": "is it safe?"}))
	for _, label := range []string{"Helpful", "Not helpful", "In context", "More", "Cite", "Remove"} {
		for _, on := range []discordtest.Seen{other, elsewhere, direct} {
			f.tells(f.alice, on, id(t, answer, label), stale)
		}
	}
	f.tells(f.alice, elsewhere, id(t, unknown, "Is it safe?"), stale)
	f.tells(f.alice, answer, id(t, direct, "Helpful"), stale)
	if votes := f.ledger.voted(); len(votes) != 0 || f.ledger.count() != 5 {
		t.Errorf("%d verdicts, %d records", len(votes), f.ledger.count())
	}
}

// TestCustomIDsAreOpaque looks at every id that the bot makes.
func TestCustomIDsAreOpaque(t *testing.T) {
	t.Parallel()
	f := furnish(t, sealed(t))
	answer := f.ask("is it safe?", false)
	list := f.reads(f.Run(f.alice, f.general, "/article", nil))
	page := f.reads(f.Run(f.alice, f.general, "/article", discordtest.Options{"article": "tea"}))
	all := []discordtest.Seen{
		answer, list, page, f.ask("is it safe?", true), f.ask("unknown", false), f.clicks(f.alice, answer, "Not helpful"), f.clicks(f.alice, answer, "Cite"),
		f.reads(f.Say(f.alice, f.general, f.Mention()+" end it all")), f.reads(f.Say(f.alice, f.general, f.Mention()+" which technique?")),
		f.reads(f.Say(f.alice, f.DM(f.alice), "which technique?")), f.reads(f.Run(f.alice, f.general, "/privacy show", nil)),
	}
	secrets := [][]byte{[]byte("tea"), []byte("crisis"), []byte(f.guild.ID), []byte(f.alice.ID), []byte(answer.ID), []byte(f.ledger.rows(t, 1)[0].ID)}
	known := make(map[string]bool)
	for _, seen := range all {
		ids := make([]string, 0, len(seen.Buttons)+len(seen.Selects))
		for _, b := range seen.Buttons {
			ids = append(ids, b.CustomID)
		}
		for _, s := range seen.Selects {
			ids = append(ids, s.CustomID)
		}
		if len(ids) == 0 {
			t.Errorf("no component:\n%s", seen.Text())
		}
		for _, one := range ids {
			raw, err := base64.RawURLEncoding.DecodeString(one)
			if err != nil || len(one) > 100 || known[one] {
				t.Errorf("%q: %v, %d characters, known %v", one, err, len(one), known[one])
			}
			known[one] = true
			for _, secret := range secrets {
				// Three letters are in the text of an id by chance.
				if bytes.Contains(raw, secret) || len(secret) > 5 && strings.Contains(one, string(secret)) {
					t.Errorf("%q tells %q", one, secret)
				}
			}
		}
	}
}

// TestHostileIDs uses ids that the bot never made, and some that it made for others.
func TestHostileIDs(t *testing.T) {
	t.Parallel()
	f := furnish(t, sealed(t))
	answer := f.ask("is it safe?", false)
	good := id(t, answer, "Remove")
	flipped := []byte(good)
	flipped[20] ^= 1
	for name, hostile := range map[string]string{
		"a word": "x", "truncated": good[:len(good)-4], "lengthened": good + "AAAA", "one bit": string(flipped), "padded": good + "=", "a space": " " + good,
		"a record": f.ledger.rows(t, 1)[0].ID, "a mention": "@everyone", "long": strings.Repeat("A", 100), "a NUL": "\x00",
	} {
		t.Run(name, func(t *testing.T) { f.tells(f.alice, answer, hostile, stale) })
	}
	if f.ledger.count() != 1 {
		t.Error("the record is gone")
	}
}
