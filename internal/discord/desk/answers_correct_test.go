package desk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// open begins a dialog about the posted answer.
func (g *dialog) open() string {
	g.t.Helper()
	return g.use(Use{Command: CommandCorrect, Target: Target{ID: "300000000000000001", Our: true}})
}

func TestCorrect(t *testing.T) {
	const mine = "What does a ticket cost?"
	right := func(start int) *library.Place {
		return &library.Place{Article: "ferries", Revision: "r1", Start: start, End: start + 10}
	}
	tests := map[string]struct {
		settings library.Propagation
		steps    func(g *dialog) string
		want     bench.Repair
		says     []string
	}{
		"another passage, of the list": {
			library.PropagateMark,
			func(g *dialog) string { g.press("Another"); g.pick("Tickets"); return g.fill(mine) },
			bench.Repair{Answer: ferryID, Kind: library.WrongPassage, Question: mine, Right: right(100)},
			[]string{"being marked", "with the passage that you chose", "is now a test", "/kb corrections undoes it"},
		},
		"another passage, by search": {
			library.PropagateEdit,
			func(g *dialog) string {
				g.press("Another")
				g.press("Search")
				g.fill("gale port")
				g.pick("Storms")
				return g.fill(" ")
			},
			bench.Repair{Answer: ferryID, Kind: library.WrongPassage, Right: right(300)},
			[]string{"it will show the passage that you chose", "You wrote no question, so later answers do not change."},
		},
		"silence": {
			library.PropagateRemove,
			func(g *dialog) string { g.press("Should not"); return g.fill(mine) },
			bench.Repair{Answer: ferryID, Kind: library.NoAnswer, Question: mine},
			[]string{"being removed, as this server has set it", "stays silent on questions like yours"},
		},
		"tier": {
			library.PropagateMark,
			func(g *dialog) string { g.press("More dangerous"); g.pick("Emergency"); return g.fill(mine) },
			bench.Repair{Answer: ferryID, Kind: library.WrongTier, Question: mine, Tier: "emergency"},
			[]string{"being marked", "fails until a safety topic covers it", "Propose a safety topic"},
		},
		"remove": {
			library.PropagateMark,
			func(g *dialog) string { return g.press("Remove it") },
			bench.Repair{Answer: ferryID, Kind: library.RemoveAnswer},
			[]string{"is being removed", "may get the same answer again", "does not come back"},
		},
		"right": {
			library.PropagateMark,
			func(g *dialog) string { g.press("This is right"); return g.fill(mine) },
			bench.Repair{Answer: ferryID, Kind: library.RightAnswer, Question: mine},
			[]string{"stays as it is", "is now a test"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newFerryWorld()
			g := w.dialog(t)
			g.settings.Propagation = test.settings
			g.open()
			says(t, test.steps(g), test.says...)
			if diff := cmp.Diff([]bench.Repair{test.want}, w.repairs); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCorrect_screens(t *testing.T) {
	tests := map[string]func(w *ferryWorld, g *dialog) string{
		"answer": func(_ *ferryWorld, g *dialog) string { return g.open() },
		"private": func(w *ferryWorld, g *dialog) string {
			w.change(func(p *library.Posted) { p.Private = true })
			return g.open()
		},
		"abstained": func(w *ferryWorld, g *dialog) string {
			w.change(func(p *library.Posted) {
				p.Quoted, p.Tier, p.Others, p.Outcome = library.Place{}, "none", nil, "abstained"
			})
			return g.open() + g.press("A passage answers")
		},
		"crisis": func(w *ferryWorld, g *dialog) string {
			w.change(func(p *library.Posted) { p.Quoted, p.Tier, p.Outcome = library.Place{}, "crisis", "card" })
			return g.open()
		},
		"again": func(_ *ferryWorld, g *dialog) string {
			g.open()
			g.press("Should not")
			g.fill("")
			return g.open()
		},
		"passages":  func(_ *ferryWorld, g *dialog) string { g.open(); return g.press("Another") },
		"words":     func(_ *ferryWorld, g *dialog) string { g.open(); g.press("Another"); return g.pick("Tickets") },
		"tiers":     func(_ *ferryWorld, g *dialog) string { g.open(); return g.press("More dangerous") },
		"not found": func(w *ferryWorld, g *dialog) string { delete(w.posted, ferryID); return g.open() },
		"not ours": func(_ *ferryWorld, g *dialog) string {
			return g.use(Use{Command: CommandCorrect, Target: Target{ID: "300000000000000001"}})
		},
		"search for nothing": func(w *ferryWorld, g *dialog) string {
			w.found = nil
			g.open()
			g.press("Another")
			g.press("Search")
			return g.fill("*sea*")
		},
	}
	for name, steps := range tests {
		t.Run(name, func(t *testing.T) {
			w := newFerryWorld()
			golden(t, "answers/correct-"+strings.ReplaceAll(name, " ", "-"), steps(w, w.dialog(t)))
		})
	}
}

// change changes the posted answer.
func (w *ferryWorld) change(how func(*library.Posted)) {
	p := w.posted[ferryID]
	how(&p)
	w.posted[ferryID] = p
}

// What a moderator typed is shown again when it could not be taken.
func TestCorrect_losesNothing(t *testing.T) {
	w := newFerryWorld()
	w.refuse = fmt.Errorf("%w: the article has changed since you chose the passage; choose it again", article.ErrConflict)
	g := w.dialog(t)
	for name, steps := range map[string]func(string) string{
		"passage": func(text string) string { g.open(); g.press("Another"); g.pick("Tickets"); return g.fill(text) },
		"silence": func(text string) string { g.open(); g.press("Should not"); return g.fill(text) },
		"right":   func(text string) string { g.open(); g.press("This is right"); return g.fill(text) },
	} {
		t.Run(name, func(t *testing.T) {
			says(t, steps("Does it sail in a gale?"), "choose it again", "Does it sail in a gale?")
			long := strings.Repeat("Does it sail? ", 285)
			steps(long)
			if got := g.fileOf("question.txt"); got != strings.TrimSpace(long) {
				t.Errorf("the file holds %q", got)
			}
		})
	}
	says(t, forgotten(g, w), "answer is not kept any more", "Does it sail at night?")
}

// forgotten fills a form after its answer was forgotten.
func forgotten(g *dialog, w *ferryWorld) string {
	g.open()
	g.press("Should not")
	delete(w.posted, ferryID)
	return g.fill("Does it sail at night?")
}

func TestProposeFromACorrection(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	g.open()
	g.press("More dangerous")
	g.pick("Crisis")
	g.fill("I will jump\nfrom the ferry")
	says(t, g.press("Propose"), `value: "crisis"`, `value: "I will jump from the ferry"`)
	g.open()
	g.press("More dangerous")
	g.pick("Urgent")
	g.fill("")
	if text := g.press("Propose"); !strings.Contains(text, `value: "urgent"`) {
		t.Error(text)
	}
}

func TestCorrections(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	golden(t, "answers/corrections-none", g.command("corrections"))
	for range 12 {
		g.open()
		g.press("Should not")
		g.fill("Does it sail in a gale?")
	}
	w.fixed[1].Question, w.fixed[1].Undone = "", true
	w.fixed[2] = bench.Corrected{ID: "fix10", Correction: library.Correction{Kind: library.WrongPassage, By: library.Host, At: ferryTime()}, Question: "How long is the crossing?"}
	golden(t, "answers/corrections", g.command("corrections"))
	says(t, g.press("Older"), "**12.**", "[Newer]")
	if strings.Contains(drawn(g.reply), "[Older]") {
		t.Error("there is a page after the last one")
	}
	golden(t, "answers/correction", g.pick("12."))
	says(t, g.press("Undo it"), "Undone")
	if diff := cmp.Diff([]string{"fix1"}, w.undone); diff != "" {
		t.Error(diff)
	}
	g.command("corrections")
	w.fixed = nil
	says(t, g.pick("1."), "somebody has undone it")
}
