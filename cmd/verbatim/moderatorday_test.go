package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/store/storetest"
)

// TestModeratorsDay is a day of the moderators of one server, at the local Discord and on
// both databases: they begin, add an article, put an answer right, change the article
// against a test of theirs, withdraw it while the gateway drops, and look at the numbers.
func TestModeratorsDay(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of the day is waiting
			d := newDay(t, url(t))
			d.begins()
			d.adds()
			d.corrects()
			d.changes()
			d.withdraws()
			d.revertsAndReviews()
			d.seesGaps()
			d.seesNumbers()
			d.moves()
			d.verifies()
		})
	}
}

// day is a server with a moderator, a member, and a running bot.
type day struct {
	*fleet
	guild              *discordtest.Guild
	general, log       *discordtest.Channel
	mod, second, alice *discordtest.Member
	seen               discordtest.Seen // what the moderator was shown last
	withdrawn          []*discordtest.Reply
}

// postedAnswers is few in the suite, since two are changed in a second; .ci/long takes 200.
var postedAnswers = flag.Int("posted-answers", 8, "how many answers quote the article that is withdrawn")

func newDay(t *testing.T, url string) *day {
	t.Helper()
	d := &day{fleet: newFleet(t, url, 1)}
	d.guild, d.general = d.guilds[0], d.channels[0]
	d.log = d.guild.Channel("log")
	d.mod, d.second, d.alice = d.Moderator("mod"), d.Moderator("second"), d.Member("alice")
	owner := d.Member("owner")
	d.guild.OwnedBy(owner)
	d.serve("bot")
	if err := d.Connected(within(t, 20*time.Second)); err != nil {
		t.Fatal(err)
	}
	d.eventually(10*time.Second, "the owner is greeted", func() bool {
		return slices.ContainsFunc(d.From(d.DM(owner), owner), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), "/settings setup") })
	})
	return d
}

// shown waits for what a moderator is shown, which is private.
func (d *day) shown(r *discordtest.Reply) discordtest.Seen {
	d.t.Helper()
	seen, err := r.Wait(within(d.t, 20*time.Second))
	if err != nil {
		d.t.Fatal(err)
	}
	if !seen.Ephemeral {
		d.t.Errorf("it is shown to all:\n%s", seen.Text())
	}
	d.seen = seen
	return seen
}

// runs uses a command, and wants some words in reply.
func (d *day) runs(command string, options discordtest.Options, wants ...string) discordtest.Seen {
	d.t.Helper()
	seen := d.shown(d.Run(d.mod, d.general, command, options))
	holds(d.t, seen.Text(), wants...)
	return seen
}

// clicks clicks on what was shown last.
func (d *day) clicks(button string, wants ...string) {
	d.t.Helper()
	holds(d.t, d.shown(d.Click(d.mod, d.seen.ID, button)).Text(), wants...)
}

// fills clicks on what was shown last, and fills in the form that it opens.
func (d *day) fills(button string, values map[string]string, wants ...string) {
	d.t.Helper()
	d.submits(d.Click(d.mod, d.seen.ID, button), values, wants...)
}

func (d *day) submits(form *discordtest.Reply, values map[string]string, wants ...string) {
	d.t.Helper()
	if _, err := form.Modal(within(d.t, 20*time.Second)); err != nil {
		d.t.Fatal(err)
	}
	holds(d.t, d.shown(d.Submit(form, values)).Text(), wants...)
}

// asks lets the member ask, and returns the public reply.
func (d *day) asks(question string) discordtest.Seen {
	d.t.Helper()
	seen, err := d.Run(d.alice, d.general, "/ask", discordtest.Options{"question": question}).Wait(within(d.t, 20*time.Second))
	if err != nil {
		d.t.Fatal(err)
	}
	return seen
}

// answers waits until a question is answered with some words.
func (d *day) answers(question, wants string) {
	d.t.Helper()
	last := ""
	defer func() {
		if d.t.Failed() {
			d.t.Logf("%q is answered with\n%s", question, last)
		}
	}()
	d.eventually(followWithin, fmt.Sprintf("%q is answered with %q", question, wants), func() bool {
		last = d.asks(question).Text()
		return strings.Contains(last, wants)
	})
}

func (d *day) begins() {
	d.runs("/settings setup", nil, "First checklist", "Finish")
	d.shown(d.Choose(d.mod, d.seen.ID, "Decide one of these", "Log channel"))
	holds(d.t, d.shown(d.Choose(d.mod, d.seen.ID, "Choose", d.log.ID)).Text(), "Saved")
	d.clicks("Back to the checklist", "First checklist")
	d.fills("Ask a test question…", map[string]string{"question": "How big is the prostate?"}, "Test question", "prostate")
	d.clicks("Finish", "Finished")
	d.runs("/settings show", nil, "Log channel", "<#"+d.log.ID+">")
}

// ponds is the article of the day.
func ponds(water string) string {
	return "## Water\n\n" + water + "\n\n## Fish\n\nGoldfish live in ponds for twenty years. A carp needs a pond of a thousand litres.\n\n" +
		"## Ice\n\nA pond under ice needs a hole so that gas can leave. Pour hot water on the ice and never break it with a hammer.\n"
}

func (d *day) adds() {
	d.submits(d.Run(d.mod, d.general, "/kb add", nil), map[string]string{
		"title": "Garden ponds", "author": "Greta Reed", "bio": "Gardener for 20 years", "updated": "2024-05-01",
		"text": ponds("Change a third of the pond water in spring. Tap water must stand for two days."),
	}, "Preview", "Garden ponds", "Greta Reed")
	d.clicks("Publish", "Published")
	d.answers("How much pond water should I change in spring?", "third of the pond water")
	d.eventually(followWithin, "the log channel is told", func() bool {
		return slices.ContainsFunc(d.From(d.log, d.mod), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), "garden-ponds") })
	})
}

func (d *day) corrects() {
	wrong := d.asks("How old do goldfish get in ponds?")
	d.eventually(followWithin, "the dialog opens", func() bool { // once the answer's message is recorded
		return strings.Contains(d.shown(d.Menu(d.mod, wrong.ID, "Correct this answer")).Text(), "What is wrong with it?")
	})
	d.clicks("Another passage answers")
	d.fills("Search…", map[string]string{"search": "hole in the ice"}, "ice")
	pick := d.Choose(d.mod, d.seen.ID, "Choose the passage that answers…", d.seen.Selects[0].Options[0].Label)
	d.submits(pick, map[string]string{"question": "What do pond fish need in winter?"})
	d.answers("What do pond fish need in winter?", "hole so that gas can leave")
	d.eventually(15*time.Second, "the wrong answer is marked", func() bool {
		now, there := d.See(d.alice, wrong.ID)
		return there && strings.Contains(now.Text(), "moderator")
	})
	d.runs("/kb test", nil, "pass")
	d.runs("/kb why", discordtest.Options{"question": "What do pond fish need in winter?"}, "correction")
	d.runs("/kb corrections", nil, "What do pond fish need in winter?")
}

// changes sends back a file in which what a test expects is gone.
func (d *day) changes() {
	got := d.runs("/kb edit", discordtest.Options{"article": "garden-ponds"})
	file := got.Attachments[0]
	changed := strings.Replace(string(file.Content), "A pond under ice needs a hole so that gas can leave. Pour hot water on the ice and never break it with a hammer.", "Leave the pond alone while there is frost.", 1)
	if changed == string(file.Content) {
		d.t.Fatalf("the file has not the passage:\n%s", changed)
	}
	d.runs("/kb edit", discordtest.Options{"article": "garden-ponds", "file": discordtest.Attachment{Name: file.Name, Content: []byte(changed)}},
		"What do pond fish need in winter?", "would break")
	d.fills("Publish anyway…", map[string]string{"reason": "the old advice was dangerous"}, "Published")
	d.runs("/kb audit", nil, "the old advice was dangerous")
	d.runs("/kb diff", discordtest.Options{"article": "garden-ponds"}, "Leave the pond alone")
}

// withdraws withdraws the article that many answers quote, while the gateway drops
// twice, and wants each of them marked.
func (d *day) withdraws() {
	d.posts(*postedAnswers)
	d.runs("/kb withdraw", discordtest.Options{"article": "garden-ponds", "reason": "under review"}, "Withdraw")
	label := d.seen.Buttons[0].Label
	d.clicks(label, "ithdrawn")
	for range 2 {
		time.Sleep(300 * time.Millisecond)
		d.Drop(4000)
	}
	marked := func() (n int) {
		for _, r := range d.withdrawn {
			if now, ok := r.SeenBy(d.alice); ok && strings.Contains(now.Text(), "withdrawn") {
				n++
			}
		}
		return n
	}
	d.eventually(4*time.Minute, "all answers are marked", func() bool { return marked() == *postedAnswers })
	d.eventually(followWithin, "the log channel is told", func() bool {
		return slices.ContainsFunc(d.From(d.log, d.mod), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), "answers looked at") })
	})
	d.runs("/kb jobs", nil, "Changing posted answers")
}

// posts posts so many answers that quote the article.
func (d *day) posts(n int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 8 {
		wg.Go(func() {
			for k := i; k < n; k += 8 {
				r := d.quoted(d.Member(fmt.Sprint("member ", k)))
				mu.Lock()
				d.withdrawn = append(d.withdrawn, r)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

// quoted lets a member ask until they are quoted the article: a server is answered twenty
// questions a second, once it has asked many.
func (d *day) quoted(by *discordtest.Member) *discordtest.Reply {
	for {
		r := d.Run(by, d.general, "/ask", discordtest.Options{"question": "How much pond water should I change in spring?"})
		seen, err := r.Wait(within(d.t, 30*time.Second))
		if err != nil {
			d.t.Errorf("%s is not answered: %v", by.Name, err)
		}
		if err != nil || strings.Contains(seen.Text(), "third of the pond water") {
			return r
		}
		time.Sleep(500 * time.Millisecond)
	}
}

func (d *day) revertsAndReviews() {
	got := d.runs("/kb history", discordtest.Options{"article": "garden-ponds"})
	first := got.Selects[0].Options[len(got.Selects[0].Options)-1]
	d.runs("/kb restore", discordtest.Options{"article": "garden-ponds"}, "Garden ponds")
	d.clicks(d.seen.Buttons[0].Label)
	d.runs("/kb revert", discordtest.Options{"article": "garden-ponds", "revision": first.Value}, "Preview")
	d.clicks("Publish", "Published")
	d.eventually(4*time.Minute, "the marks are gone", func() bool {
		return !slices.ContainsFunc(d.withdrawn, func(r *discordtest.Reply) bool {
			now, ok := r.SeenBy(d.alice)
			return !ok || strings.Contains(now.Text(), "withdrawn")
		})
	})
	d.answers("What do pond fish need in winter?", "hole so that gas can leave")
	d.runs("/kb review", discordtest.Options{"article": "garden-ponds", "next": "6 months"}, "Review recorded")
	d.runs("/kb show", discordtest.Options{"article": "garden-ponds"}, "May 1, 2024")
}

func (d *day) seesGaps() {
	d.runs("/kb gaps", nil, "not kept here")
	d.runs("/settings show", nil)
	d.shown(d.Choose(d.mod, d.seen.ID, "Choose what to change", "Keep unanswered questions"))
	d.clicks("On", "Saved")
	d.eventually(followWithin, "members are told", func() bool {
		seen, err := d.Run(d.alice, d.general, "/help", nil).Wait(within(d.t, 20*time.Second))
		return err == nil && strings.Contains(seen.Text(), "30 days")
	})
	for range 3 {
		d.asks("My name is Alice Cooper, where do dragonflies hatch their eggs?")
	}
	d.eventually(followWithin, "the missed question is listed, three times", func() bool {
		text := d.shown(d.Run(d.mod, d.general, "/kb gaps", nil)).Text()
		return strings.Contains(text, "dragonflies") && strings.Contains(text, "3 ×")
	})
	if text := d.seen.Text(); strings.Contains(text, "Alice") || strings.Contains(text, "Cooper") {
		d.t.Errorf("a name is kept:\n%s", text)
	}
	d.shown(d.Choose(d.mod, d.seen.ID, d.seen.Selects[0].Placeholder, d.seen.Selects[0].Options[0].Label))
	d.clicks("Dismiss")
	d.runs("/kb gaps", nil)
	if strings.Contains(d.seen.Text(), "dragonflies") {
		d.t.Errorf("a dismissed question is listed:\n%s", d.seen.Text())
	}
}

func (d *day) seesNumbers() {
	d.eventually(30*time.Second, "the numbers are written", func() bool {
		seen := d.shown(d.Run(d.mod, d.general, "/kb stats", nil))
		return len(seen.Attachments) > 0 && strings.Contains(seen.Text(), "answered") && !strings.Contains(seen.Text(), "No questions")
	})
}

// moves exports the library, and imports it into another server with the same bot.
func (d *day) moves() {
	got := d.runs("/kb export", nil)
	archive := got.Attachments[0]
	other := d.Guild("other")
	there := other.Channel("general")
	d.eventually(followWithin, "the bot is in the other server", func() bool {
		seen := d.shown(d.Run(d.mod, there, "/kb list", nil))
		return !strings.Contains(seen.Text(), "Garden ponds")
	})
	d.shown(d.Run(d.mod, there, "/kb import", discordtest.Options{"file": discordtest.Attachment{Name: archive.Name, Content: archive.Content}}))
	holds(d.t, d.seen.Text(), "Nothing was changed yet", "Garden ponds")
	d.clicks("Import it")
	d.eventually(30*time.Second, "the library is imported", func() bool {
		return strings.Contains(d.shown(d.Run(d.mod, there, "/kb list", nil)).Text(), "Garden ponds")
	})
}

// verifies wants the audit trail to hold, and to tell of the day.
func (d *day) verifies() {
	d.runs("/kb audit", nil)
	d.clicks("Export and check")
	out, err := d.command("kb", "audit", "--guild", d.guild.ID, "--verify").CombinedOutput()
	if err != nil {
		d.t.Fatalf("kb audit --verify: %v\n%s", err, out)
	}
	out, err = d.command("kb", "audit", "--guild", d.guild.ID, "--json").Output()
	if err != nil {
		d.t.Fatal(err)
	}
	did := map[string]int{}
	for line := range strings.Lines(string(out)) {
		var e struct {
			Actor, Action string
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			d.t.Fatalf("%v: %s", err, line)
		}
		if e.Actor != d.mod.ID {
			d.t.Errorf("somebody else did %s: %s", e.Action, e.Actor)
		}
		did[e.Action]++
	}
	for _, action := range []string{"setting.set", "article.publish", "correction.put", "preference.put", "golden.put", "golden.override", "article.withdrawn", "article.review", "gaps.dismiss"} {
		if did[action] == 0 {
			d.t.Errorf("the trail has no %s: %v", action, did)
		}
	}
}
