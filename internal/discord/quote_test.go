package discord_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestMore pages through further passages: of those that tell a technique none in a
// general channel.
func TestMore(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	first := f.clicks(f.alice, f.ask("is it safe?", false), "More")
	contains(t, first.Text(), "Tea is a drink.", "Let it cool first.", "By Jo Kettle", "19 July 2017")
	if !first.Ephemeral || len(first.Buttons) != 0 || strings.Contains(first.Text(), "Pour hot water") || strings.Contains(first.Text(), "Wait for three") {
		t.Errorf("ephemeral %v, buttons %q:\n%s", first.Ephemeral, labels(first), first.Text())
	}
	answer := f.reads(f.Run(f.alice, f.adults, "/ask", discordtest.Options{"question": "is it safe?", "private": true}))
	first = f.clicks(f.alice, answer, "More")
	contains(t, first.Text(), "Tea is a drink.", "Let it cool first.", "Pour hot water")
	if first.ID == answer.ID {
		t.Error("the answer was replaced by other passages")
	}
	second := f.clicks(f.alice, first, "More")
	contains(t, second.Text(), "Wait for three minutes.")
	if second.ID != first.ID || len(second.Buttons) != 0 || strings.Contains(second.Text(), "Tea is a drink") {
		t.Errorf("in place %v, buttons %q:\n%s", second.ID == first.ID, labels(second), second.Text())
	}
}

// TestMoreOfWhatIsGone withdraws the article, and then loses it.
func TestMoreOfWhatIsGone(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it safe?", false)
	f.desk.change(func() { f.desk.standing["tea"] = library.Revised })
	contains(t, f.clicks(f.alice, answer, "More").Text(), "The article has changed since this was quoted.")
	f.desk.change(func() { f.desk.standing["tea"] = library.Departed })
	contains(t, f.clicks(f.alice, answer, "More").Text(), "nothing more")
	f.desk.change(func() { f.desk.articles = nil })
	contains(t, f.clicks(f.alice, answer, "More").Text(), "nothing more")
	contains(t, f.clicks(f.alice, answer, "In context").Text(), stale)
	f.desk.change(func() { f.desk.fail = article.ErrUnavailable })
	contains(t, f.clicks(f.alice, answer, "More").Text(), offline)
}

func TestInContext(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	seen := f.clicks(f.Member("bob"), f.ask("is it safe?", false), "In context")
	contains(t, seen.Text(), "**It is generally safe, @everyone.**", "Let it cool first.", "By Jo Kettle", "19 July 2017", "https://example.org/tea")
	if !seen.Ephemeral || len(seen.Pings) > 0 || strings.Contains(seen.Text(), "Pour") {
		t.Errorf("ephemeral %v, pings %q:\n%s", seen.Ephemeral, seen.Pings, seen.Text())
	}
	f.desk.change(func() { f.desk.standing["tea"] = library.Departed })
	contains(t, f.clicks(f.alice, f.ask("is it safe?", false), "In context").Text(), "The article has been withdrawn since this was quoted.")
}

// TestContextFollowsTheChannel has a technique quoted in a channel for adults, which
// then is one for all.
func TestContextFollowsTheChannel(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	for _, private := range []bool{false, true} {
		answer := f.reads(f.Run(f.alice, f.adults, "/ask", discordtest.Options{"question": "how to brew", "private": private}))
		f.settled(answer)
		contains(t, f.clicks(f.alice, answer, "In context").Text(), "**Pour hot water over the leaves.**", "Take the leaves out.")
		f.adults.Restrict(false)
		seen := f.clicks(f.alice, answer, "In context")
		contains(t, seen.Text(), pointer)
		if strings.Contains(seen.Text(), "leaves") || seen.ID == answer.ID {
			t.Errorf("in place %v:\n%s", seen.ID == answer.ID, seen.Text())
		}
		contains(t, f.clicks(f.alice, answer, "Cite").Text(), "Kettle")
		seen = f.clicks(f.alice, answer, "More")
		if strings.Contains(seen.Text(), "Pour hot water") {
			t.Errorf("More:\n%s", seen.Text())
		}
		if private {
			seen := f.clicks(f.alice, answer, "Share")
			if strings.Contains(seen.Text(), "Pour hot water") || !seen.Ephemeral {
				t.Errorf("Share, ephemeral %v:\n%s", seen.Ephemeral, seen.Text())
			}
		}
		f.adults.Restrict(true)
	}
}

// TestContextHidesTechnique quotes a passage from a section whose heading asks for a
// technique.
func TestContextHidesTechnique(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	seen := f.clicks(f.alice, f.ask("wait how long?", false), "In context")
	contains(t, seen.Text(), pointer)
	if strings.Contains(seen.Text(), "Pour hot water") {
		t.Errorf("a technique is shown in a general channel:\n%s", seen.Text())
	}
}

func TestCiteInAllStyles(t *testing.T) {
	t.Parallel()
	for _, private := range []bool{false, true} {
		f := furnish(t, nil)
		answer := f.ask("is it safe?", private)
		seen := f.clicks(f.alice, answer, "Cite")
		if !seen.Ephemeral || seen.ID == answer.ID || len(seen.Selects) != 1 || len(seen.Selects[0].Options) != len(article.Styles()) {
			t.Fatalf("ephemeral %v, in place %v, menus %+v", seen.Ephemeral, seen.ID == answer.ID, seen.Selects)
		}
		for _, style := range article.Styles() {
			want, err := article.WorkOf(f.desk.tea().Meta).Cite(style)
			if err != nil {
				t.Fatal(err)
			}
			other := f.reads(f.Choose(f.alice, seen.ID, "Choose a style", string(style)))
			contains(t, other.Embeds[0].Description, strings.TrimSpace(strings.ReplaceAll(want, "\r\n", "\n")))
			if other.ID != seen.ID {
				t.Error("another style is not shown in the place of the first one")
			}
		}
	}
}

// TestShare shares a private answer with all that belongs to it, once.
func TestShare(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	bob := f.Member("bob")
	answer := f.ask("is it a risk?", true)
	r := f.Click(f.alice, answer.ID, "Share")
	shared := f.reads(r)
	f.settled(shared)
	contains(t, shared.Text(), disclaimer.Title, disclaimer.Action, "> It is generally safe, @everyone.", "By Jo Kettle", "19 July 2017", "Shared from a private reply.")
	if strings.Index(shared.Text(), disclaimer.Title) > strings.Index(shared.Text(), "generally") {
		t.Error("the disclaimer comes after the quote")
	}
	if seen, ok := r.SeenBy(bob); !ok || seen.Ephemeral || len(seen.Pings) > 0 || seen.ID == answer.ID {
		t.Errorf("seen %v: %+v", ok, seen)
	}
	if got := labels(shared); !slices.Equal(got, []string{"Helpful", "Not helpful", "In context", "More", "Cite", "Remove"}) {
		t.Errorf("buttons %q", got)
	}
	f.tells(f.alice, answer, id(t, answer, "Share"), stale) // a second time
	f.clicks(bob, shared, "Helpful")
	contains(t, f.clicks(bob, shared, "Remove").Text(), "Only the person who asked")
	gone := f.Click(f.alice, shared.ID, "Remove")
	if err := gone.Gone(within(t, 5*time.Second)); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the record to go", func() bool { return f.ledger.count() == 1 })
	if seen := f.reads(f.Click(f.alice, answer.ID, "Share")); seen.Ephemeral {
		t.Errorf("what was removed cannot be shared again:\n%s", seen.Text())
	}
}

// TestShareSaysWhatChanged since the private answer.
func TestShareSaysWhatChanged(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	private := f.ask("is it safe?", true)
	f.desk.change(func() { f.desk.standing["tea"] = library.Revised })
	shared := f.reads(f.Click(f.alice, private.ID, "Share"))
	contains(t, shared.Text(), "It is generally safe", "The article has changed since this was quoted.")
}

// TestMoreElsewhere: passages that are not shown here are no reason to say that there
// are none.
func TestMoreElsewhere(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.reads(f.Run(f.alice, f.adults, "/ask", discordtest.Options{"question": "is it safe?"}))
	f.settled(answer)
	first := f.clicks(f.alice, answer, "More")
	f.adults.Restrict(false)
	contains(t, f.clicks(f.alice, first, "More").Text(), pointer)
}

// TestShareIsRefused by others than the asker, on other messages, and for what was
// withdrawn.
func TestShareIsRefused(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	bob := f.Member("bob")
	public, answer := f.ask("is it safe?", false), f.ask("is it safe?", true)
	other := f.reads(f.Run(bob, f.general, "/ask", discordtest.Options{"question": "is it safe?", "private": true}))
	f.tells(bob, other, id(t, answer, "Share"), "Only the person who asked")
	f.tells(f.mod, public, id(t, answer, "Share"), stale)
	f.tells(f.alice, public, id(t, answer, "Share"), stale)
	f.ledger.mu.Lock()
	for i := range f.ledger.posted {
		f.ledger.posted[i].Message = "" // nobody knows any more which message an answer became
	}
	f.ledger.mu.Unlock()
	f.tells(f.alice, public, id(t, answer, "Share"), stale)
	f.desk.change(func() { f.desk.standing["tea"] = library.Departed })
	f.tells(f.alice, answer, id(t, answer, "Share"), "The article has been withdrawn")
	if got := len(f.From(f.general, f.Member("eva"))); got != 1 {
		t.Errorf("others see %d messages, want the public answer alone", got)
	}
}
