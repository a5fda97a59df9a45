package discord_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// export lets alice run /privacy export and reads the file.
func (f *furnished) export(in *discordtest.Channel) []exported {
	f.t.Helper()
	seen := f.reads(f.Run(f.alice, in, "/privacy export", nil))
	if !seen.Ephemeral || len(seen.Attachments) != 1 || seen.Attachments[0].Name != "verbatim.json" {
		f.t.Fatalf("ephemeral %v, files %+v:\n%s", seen.Ephemeral, seen.Attachments, seen.Text())
	}
	var all []exported
	if err := json.Unmarshal(seen.Attachments[0].Content, &all); err != nil {
		f.t.Fatal(err)
	}
	return all
}

// exported is what the tests read of an export.
type exported struct {
	Server  string `json:"server"`
	Answers []struct {
		ID      string `json:"id"`
		Message string `json:"message"`
	} `json:"answers"`
	Votes []struct {
		Answer string `json:"answer"`
	} `json:"votes"`
	OptedIn bool `json:"opted_in_to_age_restricted_quotes"`
}

// TestPrivacy sees, exports and deletes what is kept of a member in a guild and in
// direct messages, also while nothing else works for them.
func TestPrivacy(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]library.Settings{"open": {RetentionDays: 30}, "paused": {RetentionDays: 30, Paused: true}, "blocked": {RetentionDays: 30}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := furnish(t, nil)
			bob, dm := f.Member("bob"), f.DM(f.alice)
			if name == "blocked" {
				s.Blocked = []string{f.alice.ID}
			}
			answer := f.ask("is it safe?", false)
			f.settled(f.reads(f.Say(f.alice, dm, "is it safe?")))
			f.settled(f.reads(f.Run(bob, f.general, "/ask", discordtest.Options{"question": "is it safe?"})))
			f.clicks(f.alice, answer, "Not helpful")
			f.clicks(bob, answer, "Helpful")
			f.clicks(f.alice, f.reads(f.Say(f.alice, dm, "which technique?")), "I am 18 or older and want that")
			f.decide(s)

			shown := f.runs("/privacy show", nil)
			contains(t, shown.Text(), "deleted after 30 days", "I do not keep your questions", "3 replies, 1 rating", "18 or older")
			kept := f.export(f.general)
			if len(kept) != 2 || kept[0].Server != f.guild.ID || kept[1].Server != "" || !kept[1].OptedIn || kept[0].OptedIn {
				t.Fatalf("exported %+v", kept)
			}
			answers, votes := kept[0].Answers, kept[0].Votes
			if len(answers) != 1 || len(votes) != 1 || answers[0].ID != votes[0].Answer || answers[0].Message != answer.ID {
				t.Errorf("exported %+v and %+v", answers, votes)
			}
			if in := f.export(dm); len(in) != 1 || in[0].Server != "" {
				t.Errorf("in direct messages %v is exported", in)
			}

			contains(t, f.runs("/privacy delete", nil).Text(), "Done. What was kept about you is deleted.")
			for _, in := range []*discordtest.Channel{f.general, dm} {
				contains(t, f.reads(f.Run(f.alice, in, "/privacy show", nil)).Text(), "Nothing is kept about you.")
				contains(t, f.reads(f.Run(f.alice, in, "/privacy export", nil)).Text(), "Nothing is kept about you.")
				contains(t, f.reads(f.Run(f.alice, in, "/privacy delete", nil)).Text(), "Nothing is kept about you.")
			}
			contains(t, f.reads(f.Run(bob, f.general, "/privacy show", nil)).Text(), "1 reply, 1 rating")
			contains(t, f.clicks(f.alice, answer, "Remove").Text(), "Only the person who asked") // nobody knows any more who that was
		})
	}
}

// TestPrivacyByButtons does the same by the buttons below what is shown.
func TestPrivacyByButtons(t *testing.T) {
	t.Parallel()
	f := furnish(t, sealed(t))
	f.ask("is it safe?", false)
	shown := f.runs("/privacy show", nil)
	f.restart()
	if file := f.clicks(f.alice, shown, "Export"); len(file.Attachments) != 1 || !file.Ephemeral {
		t.Errorf("no file:\n%s", file.Text())
	}
	contains(t, f.clicks(f.alice, shown, "Delete").Text(), "is deleted")
	contains(t, f.clicks(f.alice, shown, "Export").Text(), "Nothing is kept about you.")
}

// TestDeletionForgetsConversations deletes what is kept and goes on with a
// conversation that nobody remembers.
func TestDeletionForgetsConversations(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	dm := f.DM(f.alice)
	f.settled(f.reads(f.Say(f.alice, dm, "is it safe?")))
	f.settled(f.reads(f.Say(f.alice, dm, "and for how long?")))
	f.runs("/privacy delete", nil)
	f.reads(f.Say(f.alice, dm, "and who says so?"))
	asked := f.oracle.questions()
	_, before := asked[1].Conversation.Last()
	_, after := asked[2].Conversation.Last()
	if !before || after {
		t.Errorf("the conversation is remembered: %v, and after the deletion: %v", before, after)
	}
}

// TestDeletionDoesWhatItCan: memory is emptied although the ledger is down.
func TestDeletionDoesWhatItCan(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	dm := f.DM(f.alice)
	f.settled(f.reads(f.Say(f.alice, dm, "is it safe?")))
	f.ledger.jam(t)
	r := f.Run(f.alice, dm, "/privacy delete", nil)
	if seen := f.reads(r); seen.Text() != late || r.Delay() > 3*time.Second {
		t.Errorf("after %v: %s", r.Delay(), seen.Text())
	}
	f.reads(f.Say(f.alice, dm, "and who says so?"))
	if _, remembered := f.oracle.questions()[1].Conversation.Last(); remembered {
		t.Error("the conversation is remembered")
	}
}

// TestPrivacySaysWhatIsTrue of the guild, and in the member's language.
func TestPrivacySaysWhatIsTrue(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.decide(library.Settings{Gaps: true})
	kept := f.runs("/privacy show", nil).Text()
	contains(t, kept, "365 days", "what kind of reply it was")
	if strings.Contains(kept, "One exception") { // there is nothing that would
		t.Errorf("it claims to keep questions:\n%s", kept)
	}
	contains(t, f.reads(f.Run(f.alice, f.DM(f.alice), "/privacy show", nil)).Text(), "This is about direct messages.")
	seen := f.reads(f.Run(f.Member("eva").Speaks("fr"), f.general, "/privacy show", nil))
	if strings.Contains(seen.Text(), "Nothing is kept") || seen.Buttons[0].Label == "Export" {
		t.Errorf("not in French, with %q:\n%s", labels(seen), seen.Text())
	}
}
