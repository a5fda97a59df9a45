package main

import (
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/store/storetest"
)

// TestRestart wants a guild's settings, its own article and its posted answers to
// outlive the process, on both engines, and a setting that is changed beside a
// running bot to count at once.
func TestRestart(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			f := newFleet(t, url(t), 1)
			before := f.serve("before")
			if err := f.Connected(within(t, 20*time.Second)); err != nil {
				t.Fatal(err)
			}
			if f.asked().Ephemeral {
				t.Error("private by default")
			}
			if out, err := f.command("settings", "set", "--guild", f.guilds[0].ID, "private", "on").CombinedOutput(); err != nil {
				t.Fatalf("settings set: %v\n%s", err, out)
			}
			f.eventually(followWithin, "the setting counts", func() bool { return f.asked().Ephemeral })
			if err := f.publish(f.guilds[0], "Garden ponds", "Greta"); err != nil {
				t.Fatal(err)
			}
			f.eventually(followWithin, "the article is answered from", func() bool { return strings.Contains(f.ask(0), "Greta") })
			posted := func() int { return f.count(`SELECT count(*) FROM posted WHERE message <> '' AND asker LIKE '%:%'`) }
			f.eventually(followWithin, "answers are recorded with their messages", func() bool { return posted() >= 3 })
			f.leave(before)
			kept := posted()

			after := f.serve("after")
			f.eventually(20*time.Second, "connected again", func() bool { return strings.Contains(after.log.String(), "connected to Discord") })
			if !f.asked().Ephemeral {
				t.Error("the setting is gone")
			}
			if got := f.ask(0); !strings.Contains(got, "Greta") {
				t.Errorf("the article is gone:\n%s", got)
			}
			f.eventually(followWithin, "two more answers are recorded", func() bool { return posted() == kept+2 })
			f.leave(after)
		})
	}
}

// asked asks in the first guild and returns the reply.
func (f *fleet) asked() discordtest.Seen {
	f.t.Helper()
	r := f.Run(f.Member("somebody"), f.channels[0], "/ask", discordtest.Options{"question": "how big is the prostate"})
	seen, err := r.Wait(within(f.t, 10*time.Second))
	if err != nil {
		f.t.Fatal(err)
	}
	return seen
}
