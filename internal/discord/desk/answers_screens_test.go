package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

func tested(n int, passed bool) bench.Tested {
	t := bench.Tested{
		ID: fmt.Sprintf("gold%d", n), Golden: library.Golden{Question: fmt.Sprintf("Question %d?", n)}, Passed: passed,
		Want: "the sentence “The ferry sails at nine.”", Got: "that sentence", Score: 0.8, Needed: 0.62,
	}
	if !passed {
		t.Got, t.Score = "nothing; the best that was found is “A ticket costs four shillings.”", 0.41
	}
	return t
}

func TestGolden(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	golden(t, "answers/test-none", g.command("test"))
	w.tested = []bench.Tested{tested(1, false), tested(2, true), tested(3, true)}
	golden(t, "answers/test", g.command("test"))
	golden(t, "answers/test-drop", g.pick("Question 2"))
	says(t, g.press("Drop it"), "The test is gone")
	if diff := cmp.Diff([]string{"gold2"}, w.dropped); diff != "" {
		t.Error(diff)
	}
}

func TestGolden_many(t *testing.T) {
	w := newFerryWorld()
	for n := range 60 {
		w.tested = append(w.tested, tested(n, n >= 20))
	}
	g := w.dialog(t)
	text := g.command("test")
	says(t, text, "40 of 60 pass", "1 to 25 of 60", "attached as tests.txt")
	report := g.fileOf("tests.txt")
	for n := range 60 {
		says(t, report, fmt.Sprintf("- Question %d?\n", n))
	}
	says(t, report, "Wanted: the sentence", "41 % sure; 62 % is needed")
	says(t, g.press("Show 26"), "26 to 50 of 60")
	says(t, g.press("Show 51"), "51 to 60 of 60")
	says(t, g.press("Show 1 "), "1 to 25 of 60")
}

func TestGolden_add(t *testing.T) {
	tests := map[string]struct {
		steps func(g *dialog) string
		want  library.Golden
	}{
		"passage": {
			func(g *dialog) string {
				g.pick("Quote")
				g.fill("gale")
				g.pick("Storms")
				return g.fill("Does it sail in a gale?")
			},
			library.Golden{Expect: library.ExpectQuote, Article: "ferries", Revision: "r1", Start: 300, End: 310},
		},
		"silence": {func(g *dialog) string { g.pick("Stay silent"); return g.fill("Does it sail in a gale?") }, library.Golden{Expect: library.ExpectAbstain}},
		"tier": {
			func(g *dialog) string { g.pick("Urgent"); return g.fill(" Does it sail in a gale?\n") },
			library.Golden{Expect: library.ExpectTier, Tier: "urgent"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newFerryWorld()
			g := w.dialog(t)
			g.command("test")
			golden(t, "answers/test-add", g.press("Add one"))
			says(t, test.steps(g), "The test is added")
			test.want.Question, test.want.By, test.want.At = "Does it sail in a gale?", ferryMod, ferryTime()
			if diff := cmp.Diff([]library.Golden{test.want}, w.goldens); diff != "" {
				t.Error(diff)
			}
			w.refuse = fmt.Errorf("%w: that is enough of tests", article.ErrTooLarge)
			g.command("test")
			g.press("Add one")
			says(t, test.steps(g), "That is enough of tests", "Does it sail in a gale?")
		})
	}
}

// because is an explanation with something in every part of it.
func because() bench.Explanation {
	quoted := answer.Quote{
		Text: ferryText, Article: "ferries", Title: "The island ferry", Section: "Sailing", Decisive: article.Range{Start: 0, End: 24},
		Span: article.Span{Revision: "r1", Range: article.Range{Start: 0, End: 53}},
	}
	return bench.Explanation{
		Answer: answer.Answer{Outcome: answer.Answered, Quote: &quoted},
		Triage: safety.Decision{Tier: safety.TierSafety, Matches: []safety.Match{
			{Topic: "gales", Tier: safety.TierSafety, Quote: safety.QuoteAllow, Rule: "{gale}", View: "plain", Matched: "gale"},
			{Topic: "water", Tier: safety.TierSafety, Quote: safety.QuoteAllow, Rule: "sea", View: "plain", Matched: "sea"},
		}},
		Guild: []string{"gales"}, Kind: "when",
		Words: []bench.ExplainedWord{{Text: "ferry", Weight: 1.5, Known: true}, {Text: "gale", Weight: 3.25}},
		Passages: []bench.ExplainedPassage{{
			Title: "The island ferry", Section: "Sailing", Excerpt: ferryText, Score: 7.5,
			Parts: []bench.Part{{Name: "words", Value: 0.9, Points: 6}, {Name: "heading", Value: 1, Points: 1.5}},
		}},
		Score: 0.71, Needed: 0.62,
		Preferred: []bench.AppliedPreference{
			{ID: "p1", Preference: library.Preference{Question: "When does it sail?", Article: "ferries", Start: 0, End: 53}, Alike: 0.9, Applied: true},
			{ID: "p2", Preference: library.Preference{Question: "Does it fly?"}, Alike: 0.4},
		},
	}
}

func TestWhy(t *testing.T) {
	tests := map[string]func(e *bench.Explanation){
		"quote": func(*bench.Explanation) {},
		"nothing": func(e *bench.Explanation) {
			*e = bench.Explanation{Answer: answer.Answer{Outcome: answer.Abstained, Reason: answer.Unanswered}}
		},
		"card": func(e *bench.Explanation) {
			*e = bench.Explanation{
				Answer: answer.Answer{Outcome: answer.CardOnly},
				Triage: safety.Decision{Tier: safety.TierCrisis, Minor: true, Matches: []safety.Match{{Topic: "drowning", Tier: safety.TierCrisis, Matched: "drown"}}},
			}
		},
		"meta": func(e *bench.Explanation) {
			*e = bench.Explanation{Answer: answer.Answer{Outcome: answer.FromMeta, Meta: &answer.Meta{Field: answer.FieldAuthor}}}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			w := newFerryWorld()
			w.because = because()
			change(&w.because)
			g := w.dialog(t)
			golden(t, "answers/why-"+name, g.use(Use{Command: CommandKB, Sub: "why", Texts: map[string]string{"question": "When does the *ferry* sail?"}, Switches: map[string]bool{"age-restricted": name == "quote"}}))
			if got := w.asked[0]; got.Text != "When does the *ferry* sail?" || (got.Channel == answer.AgeRestricted) != (name == "quote") {
				t.Errorf("asked: %+v", got)
			}
		})
	}
}

func TestWhy_long(t *testing.T) {
	w := newFerryWorld()
	w.because = because()
	for range 5 {
		w.because.Passages[0].Excerpt = strings.Repeat("```The ferry sails.``` ", 100)
		w.because.Passages = append(w.because.Passages, w.because.Passages[0])
	}
	for n := range 40 {
		w.because.Words = append(w.because.Words, bench.ExplainedWord{Text: strings.Repeat("x", 60), Weight: float64(n)})
	}
	g := w.dialog(t)
	says(t, g.use(Use{Command: CommandKB, Sub: "why", Texts: map[string]string{"question": strings.Repeat("Why? ", 800)}}), "attached as why.txt", "**So** it quotes")
	says(t, g.fileOf("why.txt"), "PASSAGES, THE BEST FIRST", "6. The island ferry", "+6.00  words (0.90)")
}

func missed(n int) bench.Gap {
	return bench.Gap{Text: fmt.Sprintf("where is *harbour* %d", n), IDs: []string{fmt.Sprintf("m%d", n), fmt.Sprintf("n%d", n)}, Count: 20 - n, First: ferryTime(), Last: ferryTime().Add(time.Hour)}
}

func TestGaps(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	golden(t, "answers/gaps-off", g.command("gaps"))
	w.missed = []bench.Gap{missed(1)}
	says(t, g.command("gaps"), "was turned off")
	g.settings.Gaps = true
	w.missed = nil
	says(t, g.command("gaps"), "No question was missed")
	for n := range 12 {
		w.missed = append(w.missed, missed(n))
	}
	golden(t, "answers/gaps", g.command("gaps"))
	says(t, g.press("Less"), "[More frequent]", "harbour\\* 11")
	golden(t, "answers/gap", g.pick("harbour* 11"))

	form := g.press("Write an answer")
	if strings.Contains(form, "harbour") || !strings.Contains(form, `value: ""`) {
		t.Errorf("the form holds what a member typed:\n%s", form)
	}
	g.command("gaps")
	g.pick("harbour* 0")
	g.press("Point at")
	g.fill("harbour map")
	g.pick("Tickets")
	if form := drawn(g.reply); !strings.Contains(form, "required true") {
		t.Errorf("a question is needed here:\n%s", form)
	}
	says(t, g.fill("Where is the harbour?"), "with the passage that you chose", "are off the list")
	if diff := cmp.Diff([]string{"Where is the harbour? at 100"}, w.pointed); diff != "" || len(w.missed) != 11 {
		t.Errorf("%d are left; %s", len(w.missed), diff)
	}
	g.press("Back")
	g.pick("harbour* 1")
	says(t, g.press("Dismiss"), "off the list")
	if len(w.missed) != 10 || w.missed[0].IDs[0] != "m2" {
		t.Errorf("left: %+v", w.missed)
	}
	g.press("Back")
	w.missed = nil
	says(t, g.pick("harbour* 3"), "not on the list any more")
}

func TestStats(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	says(t, g.command("stats"), "Nobody asked the bot anything in the last 30 days")
	for n := range 30 {
		w.numbers.Days = append(w.numbers.Days, bench.DayStats{Day: article.Date{Year: 2026, Month: time.June, Day: n + 1}, Asked: 4, Answered: 3, Abstained: 1})
	}
	w.numbers.Total = bench.DayStats{
		Asked: 120, Answered: 90, Abstained: 20, Cards: 5, Tiers: map[string]int64{"none": 100, "safety": 15, "crisis": 5}, Helpful: 9, NotHelpful: 3,
	}
	w.numbers.Sections = []bench.SectionCount{{Article: "ferries", Section: "Sailing", Count: 40}, {Article: "gone", Count: 2}}
	text := g.command("stats")
	m := g.reply.Show
	if len(m.Files) != 2 || m.Embeds[0].Image == nil || m.Embeds[0].Image.URL != "attachment://"+m.Files[0].Name || m.Files[0].Alt == "" {
		t.Fatalf("the chart is not shown:\n%s", text)
	}
	if _, err := png.Decode(bytes.NewReader(m.Files[0].Data)); err != nil {
		t.Error(err)
	}
	if lines := strings.Split(strings.TrimSpace(g.fileOf("activity.csv")), "\n"); len(lines) != 31 || lines[1] != "2026-06-01,4,3,1,0,0,0,0,0,0,0,0" {
		t.Errorf("the table is %q", lines)
	}
	m.Files[0].Data = nil // drawn anew by each version of the library
	golden(t, "answers/stats", drawn(g.reply))
	w.numbers.Total.Helpful, w.numbers.Total.NotHelpful = 0, 0
	says(t, g.command("stats"), "Nobody has pressed Helpful")
}

func TestAudit(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	says(t, g.command("audit"), "Nothing was changed here yet")
	add := func(action, subject, before, after, reason string) {
		e := library.Entry{At: ferryTime(), Actor: ferryMod, Action: action, Subject: subject, Before: before, After: after, Reason: reason}
		var last library.Entry
		if n := len(w.trail); n > 0 {
			last = w.trail[n-1]
		}
		w.trail = append(w.trail, e.Following(last, ferryGuild))
	}
	add("article.publish", "ferries", "", "aaaaaaaaaaaa", "")
	add("article.publish", "ferries", "aaaaaaaaaaaa", "bbbbbbbbbbbb", "the *timetable* changed")
	add("article.withdrawn", "ferries", "published bbbbbbbbbbbb", "withdrawn bbbbbbbbbbbb", "")
	add("article.published", "ferries", "withdrawn bbbbbbbbbbbb", "published bbbbbbbbbbbb", "")
	add("article.review", "ferries", "", "bbbbbbbbbbbb", "")
	add("setting.set", "gaps", "", "on", "")
	add("setting.set", library.SafetyTopics, "", "topics:\n  - id: gales", "")
	add("golden.put", "g1", "", "cccccccccccc", "")
	add("golden.put", "g1", "cccccccccccc", "dddddddddddd", "")
	add("preference.delete", "p1", "eeeeeeeeeeee", "", "")
	add("gaps.dismiss", "3", "", "", "")
	add("key.use", "key", "", "", "")
	golden(t, "answers/audit", g.command("audit"))
	golden(t, "answers/audit-older", g.press("Older"))
	golden(t, "answers/audit-export", g.press("Export"))
	lines := strings.Split(strings.TrimSpace(g.fileOf("audit.jsonl")), "\n")
	var last library.Entry
	for _, line := range lines {
		var e library.Entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if err := library.VerifyTrail(ferryGuild, last, []library.Entry{e}); err != nil {
			t.Error(err)
		}
		last = e
	}
	if last.N != 12 {
		t.Errorf("the last one is number %d", last.N)
	}
	w.broken = fmt.Errorf("%w: entry 3 of the audit trail does not follow entry 2: it was changed, or one is missing", article.ErrConflict)
	g.command("audit")
	says(t, g.press("Export"), "**The chain is broken.** Entry 3", "Tell whoever runs the bot")
}

// A trail that is too long for a file is attached as far as it fits, and says so.
func TestAudit_tooLong(t *testing.T) {
	w := newFerryWorld()
	for n := range 12 {
		w.trail = append(w.trail, library.Entry{N: int64(n + 1), Actor: ferryMod, Action: "draft.put", Subject: "d", Reason: strings.Repeat("r", 1<<20)})
	}
	g := w.dialog(t)
	g.command("audit")
	says(t, g.press("Export"), "the oldest 9 changes", "verbatim kb audit --guild "+ferryGuild)
	if n := strings.Count(g.fileOf("audit.jsonl"), "\n"); n != 9 {
		t.Errorf("%d lines", n)
	}
}

func TestJobs(t *testing.T) {
	w := newFerryWorld()
	g := w.dialog(t)
	says(t, g.command("jobs"), "No long work")
	w.work = []jobs.Job{
		{ID: "j1", Kind: "library.import", State: jobs.Failed, Note: "Something that it was given is not *valid*.", Updated: ferryTime()},
		{ID: "j2", Kind: library.PropagateJob, State: jobs.Running, Done: 120, Total: 200, Updated: ferryTime()},
		{ID: "j3", Kind: "something.new", State: jobs.Queued, Updated: ferryTime()},
	}
	golden(t, "answers/jobs", g.command("jobs"))
	golden(t, "answers/jobs-cancelled", g.pick("Changing posted answers"))
	w.work = w.work[:1]
	says(t, g.press("Refresh"), "Importing an archive")
	if strings.Contains(drawn(g.reply), "menu") {
		t.Error("what has ended can be cancelled")
	}
}

func TestAnswerOptions(t *testing.T) {
	seen := map[string]bool{}
	var check func(options []api.CommandOption)
	check = func(options []api.CommandOption) {
		for _, o := range options {
			if n := units(o.Description); n < 1 || n > 100 || o.Name != strings.ToLower(o.Name) || units(o.Name) > 32 {
				t.Errorf("an option is out of bounds: %+v", o)
			}
			check(o.Options)
		}
	}
	check(answerOptions())
	d := newFerryWorld().desk()
	for _, o := range answerOptions() {
		if seen[o.Name] || d.commands[CommandKB+" "+o.Name] == nil {
			t.Errorf("/kb %s is there twice, or not handled", o.Name)
		}
		seen[o.Name] = true
	}
}

// Whatever stands in articles, notes and reasons, each screen is within Discord's limits.
func TestAnswerScreens_longTexts(t *testing.T) {
	for _, long := range []string{strings.Repeat("*", 4000), strings.Repeat("🦀", 4000), strings.Repeat("a\n", 2000)} {
		w := newFerryWorld()
		recalled := w.texts[0]
		recalled.Quote.Text, recalled.Quote.Title, recalled.Quote.Section = long, long, long
		w.texts[0], w.found = recalled, nil
		for n := range 12 {
			w.found = append(w.found, bench.ExplainedPassage{Title: long, Section: long, Excerpt: long, Place: library.Place{Start: n}})
			w.fixed = append(w.fixed, bench.Corrected{ID: fmt.Sprint(n), Question: long, Correction: library.Correction{By: long}})
			w.missed = append(w.missed, bench.Gap{Text: long, IDs: []string{fmt.Sprint(n)}})
			w.tested = append(w.tested, bench.Tested{ID: fmt.Sprint(n), Golden: library.Golden{Question: long}, Want: long, Got: long})
			w.work = append(w.work, jobs.Job{ID: fmt.Sprint(n), Kind: long, Note: long, State: jobs.Running})
			w.trail = append(w.trail, library.Entry{N: int64(n + 1), Actor: long, Action: "setting.set", Subject: long, Before: long, After: long, Reason: long})
			w.numbers.Sections = append(w.numbers.Sections, bench.SectionCount{Article: long, Section: long})
		}
		w.numbers.Total.Asked = 1
		w.because = because()
		w.because.Passages, w.because.Triage.Matches[0].Matched, w.because.Preferred[0].Preference.Question = w.found[:5], long, long
		g := w.dialog(t)
		for _, sub := range []string{"corrections", "gaps", "test", "jobs", "audit", "stats"} {
			g.command(sub)
		}
		g.use(Use{Command: CommandKB, Sub: "why", Texts: map[string]string{"question": long}})
		g.use(Use{Action: actGap, Values: []string{"3"}})
		g.use(Use{Action: actCorrection, Values: []string{"3"}})
		g.open()
		g.press("Another")
		g.press("Search")
		g.fill(long)
		g.pick("1.")
		g.fill(long)
	}
}
