package desk

import (
	"context"
	"fmt"
	"math"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// goldenPage is how many golden questions a menu offers at a time.
const goldenPage = 25

// golden runs the guild's golden questions and shows which fail, and why.
func (d *Desk) golden(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Bench.Test(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	add := styled(u.button("Add one…", actGoldenAdd, "", 0), render.Primary)
	if len(all) == 0 {
		m := panel("Tests", "There are no tests yet.",
			"A test is a question whose answer you have fixed: a passage, silence, or how dangerous it is. "+
				"You are warned before an article is published that would break one.",
			"Add one here, or press “This is right” when you correct an answer.")
		return with(m, row(add)), nil
	}
	s := newSheet("Tests", goldenSummary(all))
	s.add("Failed", failures(all), 8)
	s.add("Passed", passes(all), 12)
	pages := (len(all) + goldenPage - 1) / goldenPage
	page := min(max(u.Page, 0), pages-1)
	from, to := page*goldenPage, min(len(all), (page+1)*goldenPage)
	entries := make([]render.Entry, 0, goldenPage)
	for _, t := range all[from:to] {
		entries = append(entries, render.Entry{Label: inMenu(mark(t) + " " + oneLine(t.Golden.Question)), Value: goldenValue(t), Detail: inMenu(t.Want)})
	}
	buttons := row(add, u.button("Run again", actGolden, "", page))
	if pages > 1 {
		next := (page + 1) % pages
		buttons.Buttons = append(buttons.Buttons, u.button(fmt.Sprintf("Show %d to %d in the menu", next*goldenPage+1, min(len(all), (next+1)*goldenPage)), actGolden, "", next))
	}
	menu := u.menu(actGoldenOne, "", fmt.Sprintf("Drop a test (%d to %d of %d)…", from+1, to, len(all)), entries)
	return with(s.done("tests.txt"), menu, buttons), nil
}

// goldenSummary is how many passed.
func goldenSummary(all []bench.Tested) string {
	passed := 0
	for _, t := range all {
		if t.Passed {
			passed++
		}
	}
	switch {
	case passed == len(all) && passed == 1:
		return "**The one test passes.**"
	case passed == len(all):
		return fmt.Sprintf("**All %d pass.**", passed)
	case len(all) == 1:
		return "**The one test fails.** Below is what it got instead."
	case passed == 0:
		return fmt.Sprintf("**None of %d passes.** Below is what they got instead.", len(all))
	}
	return fmt.Sprintf("**%d of %d pass.** Below is what the others got instead.", passed, len(all))
}

// failures are those that failed, with what was found instead.
func failures(all []bench.Tested) []item {
	var items []item
	for _, t := range all {
		if !t.Passed {
			items = append(items, item{text: t.Golden.Question, rest: explained(t)})
		}
	}
	return items
}

// explained says what a failed question wanted and got.
func explained(t bench.Tested) []string {
	rest := []string{"Wanted: " + t.Want, "Got: " + t.Got}
	if t.Needed > 0 {
		rest = append(rest, fmt.Sprintf("The best passage was %s sure; %s is needed to quote it.", percent(t.Score), percent(t.Needed)))
	}
	return rest
}

func passes(all []bench.Tested) []item {
	var items []item
	for _, t := range all {
		if t.Passed {
			items = append(items, item{text: t.Golden.Question})
		}
	}
	return items
}

// percent is a share as people read it.
func percent(share float64) string { return fmt.Sprintf("%d %%", int(math.Round(share*100))) }

func mark(t bench.Tested) string {
	if t.Passed {
		return "Passed:"
	}
	return "Failed:"
}

// goldenValue is a golden question in a menu: its id, and as much of it as fits, so that
// it need not be looked up to be named.
func goldenValue(t bench.Tested) string {
	return inMenu(t.ID + " " + oneLine(t.Golden.Question))
}

// goldenOne asks whether a golden question is to go.
func (d *Desk) goldenOne(_ context.Context, u Use) (Reply, error) {
	id, question, _ := strings.Cut(strings.Join(u.Values, ""), " ")
	if id == "" {
		return Reply{}, fmt.Errorf("%w: choose one of the tests", article.ErrInvalid)
	}
	m := panel("Drop this test?", "“"+plain(question, 100)+"”", "You are no longer warned when a change breaks it. Answers do not change.")
	return with(m, row(styled(u.button("Drop it", actGoldenDrop, id, 0), render.Danger), u.button("Back", actGolden, "", 0))), nil
}

// goldenDrop removes a golden question.
func (d *Desk) goldenDrop(ctx context.Context, u Use) (Reply, error) {
	if err := d.Bench.DropGolden(ctx, u.Guild, u.On, u.Act("")); err != nil {
		return Reply{}, err
	}
	return with(panel("Dropped", "The test is gone."), row(u.button("Back to the tests", actGolden, "", 0))), nil
}

// goldenAdd asks what a new golden question expects.
func (d *Desk) goldenAdd(_ context.Context, u Use) (Reply, error) {
	entries := append([]render.Entry{
		{Label: "Quote a passage", Value: string(library.ExpectQuote), Detail: "you search for the passage that answers"},
		{Label: "Stay silent", Value: string(library.ExpectAbstain), Detail: "the articles do not answer it"},
	}, tierEntries(safety.TierSafety)...)
	m := panel("Add a test", "What should the bot do with the question? The last four say that it should be taken as at least that dangerous.")
	return with(m, u.menu(actGoldenWant, "", "Choose what it should do…", entries), row(u.button("Back", actGolden, "", 0))), nil
}

// goldenWant goes on with what was chosen: to the search for a passage, or to the question.
func (d *Desk) goldenWant(ctx context.Context, u Use) (Reply, error) {
	want := strings.Join(u.Values, "")
	if want == string(library.ExpectQuote) {
		u.On = forGolden
		return d.search(ctx, u)
	}
	return askWords(u.Seal(actGoldenAsk, want, 0), true), nil
}

// goldenAsk takes the question of an expectation without a passage.
func (d *Desk) goldenAsk(ctx context.Context, u Use) (Reply, error) {
	g := library.Golden{Expect: library.ExpectAbstain}
	if u.On != string(library.ExpectAbstain) {
		g = library.Golden{Expect: library.ExpectTier, Tier: tierOf(u.On).String()}
	}
	return d.expect(ctx, u, g)
}

// expect adds a golden question with the words that were typed.
func (d *Desk) expect(ctx context.Context, u Use, g library.Golden) (Reply, error) {
	g.Question = strings.TrimSpace(u.Inputs[inQuestion])
	g.By, g.At = u.Member, d.Now()
	if _, err := d.Bench.AddGolden(ctx, u.Guild, g, u.Act("")); err != nil {
		return d.kept(ctx, u, err), nil
	}
	m := panel("Added", "The test is added: “"+plain(g.Question, 300)+"”", "It changes no answer. It warns you before a change would break it.")
	return with(m, row(u.button("Run the tests", actGolden, "", 0), u.button("Add another…", actGoldenAdd, "", 0))), nil
}
