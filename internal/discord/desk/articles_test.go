package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// hurt is a change that breaks a golden question and touches posted answers.
func hurt() bench.Impact {
	g := library.Golden{Question: "Do goldfish like company?", Expect: library.ExpectQuote}
	return bench.Impact{
		Golden: []bench.GoldenChange{
			{
				Before: bench.Tested{ID: "1", Golden: g, Passed: true, Want: "a quote from Fish", Got: "“Goldfish like company.”", Quote: &answer.Quote{}},
				After:  bench.Tested{ID: "1", Golden: g, Want: "a quote from Fish", Got: "nothing was quoted"},
			},
			{Before: bench.Tested{ID: "2", Golden: library.Golden{Question: "Is ice bad?"}, Got: "nothing was quoted"}, After: bench.Tested{Passed: true, Want: "a quote", Got: "“Keep a hole in the ice.”"}},
		},
		Bank: []bench.AnswerChange{{Question: "What do fish like?", Before: "“Goldfish like company.”", After: "nothing is quoted"}},
		Posted: []bench.PostedChange{
			{Posted: library.Posted{Channel: "5", Message: "6", At: noon()}, Before: "Goldfish like company.", After: "Goldfish are *shy*."},
			{Posted: library.Posted{Channel: "5", Message: "7", At: noon(), Private: true}, Before: "Goldfish like company."},
		},
		Asked: 12, Looked: 30, Truncated: true,
	}
}

func moss() []string {
	return []string{inTitle, "Moss: a \"guide\"", inAuthor, "Ann Reed", inBio, "Gardener", inUpdated, "May 1, 2024", inText, "Moss is soft.\n\n## Water\n\nIt likes rain."}
}

// TestArticles_screens shows each screen as a moderator sees it.
func TestArticles_screens(t *testing.T) {
	tests := map[string]func(s *screen){
		"add-form":       func(s *screen) { s.kb("add") },
		"add-preview":    func(s *screen) { s.kb("add").fill(moss()...) },
		"add-published":  func(s *screen) { s.kb("add").fill(moss()...).press("Publish") },
		"add-bad-date":   func(s *screen) { s.kb("add").fill(append(moss(), inUpdated, "last summer")...) },
		"add-future":     func(s *screen) { s.kb("add").fill(append(moss(), inUpdated, "2030-01-01")...) },
		"add-same-title": func(s *screen) { s.kb("add").fill(append(moss(), inTitle, "Garden ponds")...) },
		"add-draft":      func(s *screen) { s.kb("add").fill(moss()...).press("Save draft") },
		"add-discard":    func(s *screen) { s.kb("add").fill(moss()...).press("Discard") },
		"import-text":    func(s *screen) { s.kb("import", optFile, "moss.txt=Moss is soft.\n") },
		"import-broken":  func(s *screen) { s.kb("import", optFile, "moss.md=---\ntitle: [a\n---\n\nMoss.\n") },
		"import-pdf":     func(s *screen) { s.kb("import", optFile, "moss.pdf=%PDF") },
		"import-latin1":  func(s *screen) { s.kb("import", optFile, "moss.txt=Moss\nis gr\xfcn.\n") },
		"import-large":   func(s *screen) { s.kb("import", optFile, "moss.md="+strings.Repeat("x", 1<<20+1)) },
		"import-nothing": func(s *screen) { s.kb("import") },
		"import-archive": func(s *screen) {
			s.books.outlook = library.Outlook{
				Guild: pondGuild, Articles: []string{"Moss", "Heath *and* bog"}, Hidden: []string{"sheds"}, Kept: 1,
				Added: map[string]int64{"publications": 3, "golden": 2, "preferences": 1, "synonyms": 4, "bank": 1, "drafts": 1},
			}
			s.kb("import", optFile, "library.ZIP=PK")
		},
		"import-archive-old":  func(s *screen) { s.kb("import", optFile, "library.ZIP=PK") },
		"import-archive-done": func(s *screen) { s.kb("import", optFile, "library.ZIP=PK").press("Import it") },
		"import-archive-left": func(s *screen) { s.kb("import", optFile, "library.ZIP=PK").press("Leave it") },
		"edit":                func(s *screen) { s.kb("edit", optArticle, "garden-ponds") },
		"edit-shipped":        func(s *screen) { s.kb("edit", optArticle, "sheds") },
		"edit-unknown":        func(s *screen) { s.kb("edit", optArticle, "boats") },
		"edit-section":        func(s *screen) { s.kb("edit", optArticle, "garden-ponds", optSection, "#2") },
		"edit-no-section":     func(s *screen) { s.kb("edit", optArticle, "garden-ponds", optSection, "Boats") },
		"edit-file":           func(s *screen) { s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish hide.")) },
		"edit-same":           func(s *screen) { s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish are shy.")) },
		"edit-unnamed": func(s *screen) {
			s.kb("edit", optArticle, "garden-ponds", optFile, "new.md="+pondSource("Goldfish hide."))
		},
		"edit-other": func(s *screen) {
			s.kb("edit", optArticle, "garden-ponds", optFile, "sheds.00112233.md="+pondSource("Goldfish hide."))
		},
		"conflict":         func(s *screen) { s.conflict() },
		"conflict-compare": func(s *screen) { s.conflict().press("Compare with the current version") },
		"impact": func(s *screen) {
			s.books.impact, s.books.warnings = hurt(), []string{"It does not say what the author is (author_bio), so replies cannot either."}
			s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish hide."))
		},
		"override": func(s *screen) {
			s.books.impact = hurt()
			s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish hide.")).press("Publish anyway…")
		},
		"overridden": func(s *screen) {
			s.books.impact = hurt()
			s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish hide.")).press("Publish anyway…").fill(optReason, "The fish changed.")
		},
		"list":         func(s *screen) { s.kb("list") },
		"list-pick":    func(s *screen) { s.kb("list").choose("Garden ponds") },
		"show":         func(s *screen) { s.kb("show", optArticle, "garden-ponds") },
		"show-shipped": func(s *screen) { s.kb("show", optArticle, "Sheds") },
		"history":      func(s *screen) { s.kb("history", optArticle, "garden-ponds") },
		"history-pick": func(s *screen) { s.kb("history", optArticle, "garden-ponds").choose("2026-03-14 12:00") },
		"history-revert": func(s *screen) {
			s.kb("history", optArticle, "garden-ponds").choose("2026-03-14 12:00").press("Go back to this one…")
		},
		"history-changes": func(s *screen) {
			s.kb("history", optArticle, "garden-ponds").choose("2026-03-14 12:00").press("What changed since")
		},
		"diff":             func(s *screen) { s.kb("diff", optArticle, "garden-ponds") },
		"revert-shipped":   func(s *screen) { s.kb("revert", optArticle, "sheds", optRevision, "123456") },
		"withdraw":         func(s *screen) { s.kb("withdraw", optArticle, "garden-ponds", optReason, "it is *wrong*") },
		"withdrawn":        func(s *screen) { s.kb("withdraw", optArticle, "garden-ponds").press("Withdraw it") },
		"withdraw-breaks":  func(s *screen) { s.books.impact = hurt(); s.kb("withdraw", optArticle, "garden-ponds") },
		"withdraw-shipped": func(s *screen) { s.kb("withdraw", optArticle, "sheds") },
		"withdraw-blind": func(s *screen) {
			s.books.fail["impact"] = errors.New("boom")
			s.kb("withdraw", optArticle, "garden-ponds")
		},
		"hide":           func(s *screen) { s.kb("hide", optArticle, "sheds").press("Hide it") },
		"export":         func(s *screen) { s.books.archive = []byte("PK"); s.kb("export") },
		"export-large":   func(s *screen) { s.books.archive = make([]byte, 11<<20); s.kb("export") },
		"export-article": func(s *screen) { s.kb("export", optArticle, "garden-ponds") },
		"drafts-none":    func(s *screen) { s.kb("drafts") },
		"drafts":         func(s *screen) { s.kb("add").fill(moss()...).press("Save draft").press("Show the drafts") },
		"draft": func(s *screen) {
			s.kb("add").fill(moss()...).press("Save draft").press("Show the drafts").choose("Moss")
		},
		"draft-deleted": func(s *screen) {
			s.kb("add").fill(moss()...).press("Save draft").press("Show the drafts").choose("Moss").press("Delete the draft")
		},
		"review":          func(s *screen) { s.kb("review", optArticle, "garden-ponds") },
		"review-recorded": func(s *screen) { s.kb("review", optArticle, "garden-ponds").press("In a year") },
		"review-next":     func(s *screen) { s.kb("review", optArticle, "garden-ponds", optNext, "6 months") },
		"review-past":     func(s *screen) { s.kb("review", optArticle, "garden-ponds", optNext, "2020-01-01") },
		"review-none-due": func(s *screen) { s.kb("review") },
		"review-due": func(s *screen) {
			s.books.due = []bench.Due{
				{Key: "garden-ponds", Title: "Garden ponds", Last: library.Review{By: bob, On: article.Date{Year: 2025, Month: 1, Day: 2}}, Next: article.Date{Year: 2026, Month: 1, Day: 2}},
				{Key: "sheds", Title: "Sheds", Last: library.Review{By: bob, On: article.Date{Year: 2025, Month: 1, Day: 2}}, Changed: true},
			}
			s.kb("review")
		},
		"gone": func(s *screen) {
			s.kb("add").fill(moss()...)
			clear(s.books.submissions)
			s.press("Publish")
		},
		"unavailable": func(s *screen) {
			s.books.fail["publish"] = fmt.Errorf("%w: disk is full at /secret", article.ErrUnavailable)
			s.kb("add").fill(moss()...).press("Publish")
		},
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			do(s)
			golden(t, "articles/"+name, drawn(s.last))
		})
	}
}

// pondFile is a changed file, named as it was handed out.
func (s *screen) pondFile(body string) string {
	p, _ := s.books.publication("garden-ponds")
	return "garden-ponds." + p.Hash[:8] + "_1.md=" + pondSource(body)
}

// conflict edits a revision that somebody replaces meanwhile.
func (s *screen) conflict() *screen {
	s.t.Helper()
	s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish hide."))
	s.books.put(s.t, "garden-ponds", pondSource("Goldfish are bold."), bob, "")
	return s.press("Publish").says("Somebody changed")
}

func TestArticles_whatHappens(t *testing.T) {
	t.Run("what was typed comes back", func(t *testing.T) {
		s := newScreen(t)
		s.kb("add").fill(append(moss(), inUpdated, "soon")...)
		if text := s.file("article.md"); !strings.Contains(text, "It likes rain.") {
			t.Errorf("the file lacks the text: %s", text)
		}
		s.press("Correct it").says(`"Moss: a \"guide\""`, `"soon"`).fill(inUpdated, "2024-05-01").says("Preview: Moss").press("Publish")
		if p, ok := s.books.publication("moss-a-guide"); !ok || p.State != library.Published {
			t.Errorf("published: %+v", p)
		}
	})
	t.Run("a section comes back", func(t *testing.T) {
		s := newScreen(t)
		s.kb("edit", optArticle, "garden-ponds", optSection, "Fish").fill(inText, "## Fish\r\n\r\n"+strings.Repeat("[", 900))
		s.says("cannot be read", "file: garden-ponds.").press("Correct it").says("[[[")
		s.fill(inText, "## Fish\r\n\r\nGoldfish hide.").says("1 line added, 1 line taken out").press("Publish")
		r, _ := s.books.Show(t.Context(), pondGuild, "garden-ponds", "")
		if r.Source != pondSource("Goldfish hide.") {
			t.Errorf("the source became\n%s", r.Source)
		}
	})
	t.Run("a changed revision loses nothing", func(t *testing.T) {
		s := newScreen(t)
		s.conflict()
		if s.file("garden-ponds.mine.md") != pondSource("Goldfish hide.") {
			t.Error("the own version is not attached")
		}
		s.says("+Goldfish are bold.").press("Compare with the current version").says("-Goldfish are bold.").press("Publish").says("Published")
	})
	t.Run("another article's title", func(t *testing.T) {
		s := newScreen(t)
		s.kb("add").fill(append(moss(), inTitle, "Garden ponds")...).press("Compare, to replace that one").says("This changes the article").press("Publish").says("Published")
	})
	t.Run("an override needs a reason", func(t *testing.T) {
		s := newScreen(t)
		s.books.impact = hurt()
		s.kb("edit", optArticle, "garden-ponds", optFile, s.pondFile("Goldfish hide.")).without("[Publish]").press("Publish anyway…").fill(optReason, " ")
		s.says("Say in a few words").press("Back to the preview").press("Publish anyway…").fill(optReason, "The fish changed.")
		s.says("1 posted answer quotes words")
		if got := s.books.acts[len(s.books.acts)-1]; got != "publish garden-ponds by "+alice+": The fish changed." {
			t.Errorf("done: %s", got)
		}
	})
	t.Run("questions that break meanwhile", func(t *testing.T) {
		s := newScreen(t)
		s.kb("add").fill(moss()...)
		s.books.impact = hurt()
		s.press("Publish").says("It was not published.", "[Publish anyway…]")
	})
	t.Run("withdrawn and back", func(t *testing.T) {
		s := newScreen(t)
		s.books.impact = bench.Impact{Posted: hurt().Posted[:1], Looked: 1}
		s.set.Propagation = library.PropagateRemove
		s.kb("withdraw", optArticle, "garden-ponds", optReason, "wrong").press("Withdraw it").says("1 posted answer quotes it, and is being removed")
		s.kb("restore", optArticle, "garden-ponds").press("Restore it").says("in use again")
		want := []string{"impact of garden-ponds, article false", "withdraw garden-ponds by " + alice + ": wrong", "impact of garden-ponds, article true", "restore garden-ponds by " + alice + ": "}
		if got := strings.Join(s.books.acts, "|"); got != strings.Join(want, "|") {
			t.Errorf("done: %s", got)
		}
	})
	t.Run("a draft is published and gone", func(t *testing.T) {
		s := newScreen(t)
		s.kb("add").fill(moss()...).press("Save draft").press("Show the drafts").choose("Moss").press("Publish")
		s.kb("drafts").says("There are no drafts")
	})
	t.Run("reviewed", func(t *testing.T) {
		s := newScreen(t)
		s.kb("review", optArticle, "sheds", optNext, "in 2 years").says("March 14, 2028")
		s.kb("review", optArticle, "sheds").says("on March 14, 2026 by <@" + alice + ">")
	})
	t.Run("a due review", func(t *testing.T) {
		s := newScreen(t)
		last := library.Review{Article: "garden-ponds", By: bob, On: article.Date{Year: 2025, Month: 1, Day: 2}}
		s.books.due = []bench.Due{{Key: "garden-ponds", Title: "Garden ponds", Last: last, Changed: true}}
		s.kb("review").choose("Garden ponds").says("(beside", "on January 2, 2025 by <@"+bob+">; it was changed since then")
		s.press("It holds, without a date").says("Before that:** on January 2, 2025", "No next review was agreed.")
	})
	t.Run("nothing is lost while the database is away", func(t *testing.T) {
		away := fmt.Errorf("%w: no database", article.ErrUnavailable)
		s := newScreen(t)
		s.kb("add").fill(moss()...)
		s.books.fail["draft"] = away
		if s.press("Save draft").says("The draft was not saved"); !strings.Contains(s.file("article.md"), "It likes rain.") {
			t.Error("the text is lost")
		}
		delete(s.books.fail, "draft")
		s.press("Back to the preview").press("Save draft").says("Draft saved")
		s.books.fail["keep"] = away
		if s.kb("add").fill(moss()...).says("could not be kept"); !strings.Contains(s.file("article.md"), "It likes rain.") {
			t.Error("the text is lost")
		}
		if s.kb("add").fill(append(moss(), inUpdated, "soon")...).without("[Correct it]"); !strings.Contains(s.file("article.md"), "It likes rain.") {
			t.Error("the text is lost")
		}
		s.books.fail["preview"] = away
		if s.kb("import", optFile, "moss.md=Moss is soft.").says("no preview just now"); s.file("moss.md") != "Moss is soft." {
			t.Error("the text is lost")
		}
	})
	t.Run("a section whose form outlived what it is about", func(t *testing.T) {
		s := newScreen(t)
		s.kb("edit", optArticle, "garden-ponds", optSection, "Fish")
		clear(s.books.submissions)
		if s.fill(inText, "Goldfish hide.").says("could not be taken"); s.file("section.md") != "Goldfish hide." {
			t.Error("the text is lost")
		}
	})
	t.Run("what makes no sense is refused", func(t *testing.T) {
		s := newScreen(t)
		s.kb("hide", optArticle, "garden-ponds").says("Use /kb withdraw")
		s.kb("restore", optArticle, "garden-ponds").says("is in use")
		s.kb("withdraw", optArticle, "garden-ponds").press("Withdraw it")
		s.kb("withdraw", optArticle, "garden-ponds").says("is out of use already")
		s.kb("list").says("1 is out of use.")
		if len(s.books.acts) != 2 {
			t.Errorf("done: %q", s.books.acts)
		}
	})
	t.Run("internals stay inside", func(t *testing.T) {
		s := newScreen(t)
		s.books.fail["publish"] = errors.New("pq: secret")
		s.kb("add").fill(moss()...).press("Publish").without("secret")
		if !strings.Contains(s.log.String(), "pq: secret") {
			t.Error("it is not in the log")
		}
	})
}

func TestArticles_work(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScreen(t)
		s.kb("import", optFile, "library.zip=PK").says("Nothing was changed yet", "[Import it]")
		if len(s.books.jobs) != 0 {
			t.Error("it was imported before anybody confirmed that")
		}
		s.press("Import it").says("waits for its turn", "[Cancel it]")
		var shown []string
		start := time.Now()
		s.last.Follow(t.Context(), func(m api.Message) {
			for _, wrong := range limits(Reply{Show: &m}) {
				t.Error(wrong)
			}
			shown = append(shown, m.Embeds[0].Description)
		})
		if len(shown) != 5 || !strings.Contains(shown[1], "50 of 100, 50 %") || !strings.Contains(shown[3], "3 articles were taken over.") || !strings.Contains(shown[4], "no tests") {
			t.Errorf("shown: %q", shown)
		}
		if spent := time.Since(start); spent != 4*lookEvery {
			t.Errorf("it took %s", spent)
		}
	})
}

func TestArticles_workCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScreen(t)
		s.kb("import", optFile, "library.zip=PK").press("Import it").press("Cancel it").says("cancelled")
		if last := s.books.acts[len(s.books.acts)-1]; last != alice+" cancels job1" {
			t.Errorf("the trail would say %q", last)
		}
		if s.last.Follow != nil {
			t.Error("what has ended is watched")
		}
		s.kb("import", optFile, "library.zip=PK").press("Import it").press("How far is it?").says("25 of 100")
		s.books.fail["job"] = fmt.Errorf("%w: no database", article.ErrUnavailable)
		start := time.Now()
		s.last.Follow(t.Context(), func(api.Message) { t.Error("something was shown") })
		if spent := time.Since(start); spent != watchedFor {
			t.Errorf("it was watched for %s", spent)
		}
	})
}

// TestArticles_testsAfterAnImport: what the tests say is shown once the job is done, also
// to whoever looks again later.
func TestArticles_testsAfterAnImport(t *testing.T) {
	for name, tc := range map[string]struct {
		tested []bench.Tested
		err    error
		want   string
	}{
		"none":    {nil, nil, "This server has no tests"},
		"failed":  {[]bench.Tested{{Golden: library.Golden{Question: "Do goldfish hide?"}, Want: "a quote", Got: "nothing"}, {Passed: true}}, nil, "Do goldfish hide?"},
		"passed":  {[]bench.Tested{{Passed: true}}, nil, "The tests were run:"},
		"unknown": {nil, errors.New("pq: secret"), "The tests could not be run just now."},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScreen(t)
				s.books.tested, s.books.fail["test"] = tc.tested, tc.err
				s.kb("import", optFile, "library.zip=PK").press("Import it")
				watch := func() (last api.Message) {
					s.last.Follow(t.Context(), func(m api.Message) { last = m })
					return last
				}
				first := watch()
				s.run(func() Use { u := s.use(); u.Action, u.On = actJob, "job1"; return u }())
				for _, m := range []api.Message{first, watch()} {
					if text := m.Embeds[0].Description; !strings.Contains(text, tc.want) || strings.Contains(text, "secret") {
						t.Errorf("%q is not in: %s", tc.want, text)
					}
					for _, wrong := range limits(Reply{Show: &m}) {
						t.Error(wrong)
					}
				}
			})
		})
	}
}

func TestArticles_importLeftOrGone(t *testing.T) {
	s := newScreen(t)
	s.kb("import", optFile, "library.zip=PK").press("Leave it").says("Nothing was changed.")
	if len(s.books.held)+len(s.books.jobs) != 0 {
		t.Error("the archive is kept, or imported")
	}
	s.kb("import", optFile, "library.zip=PK")
	s.books.held = nil
	s.press("Import it").says("not kept any more")
	s.kb("import", optFile, "library.zip="+strings.Repeat("x", maxArchiveUpload+1)).says("the limit is 10 MiB", "verbatim library import")
}

func TestArticles_completion(t *testing.T) {
	tests := map[string]struct {
		sub, focused string
		texts        map[string]string
		want         []string // names, in order
	}{
		"all":           {"show", optArticle, nil, []string{"Sheds · came with the program", "Garden ponds · your own", "Old moss · your own, withdrawn"}},
		"typed":         {"show", optArticle, map[string]string{optArticle: "POND gar"}, []string{"Garden ponds · your own"}},
		"to edit":       {"edit", optArticle, nil, []string{"Garden ponds · your own", "Old moss · your own, withdrawn"}},
		"to withdraw":   {"withdraw", optArticle, nil, []string{"Garden ponds · your own"}},
		"to hide":       {"hide", optArticle, nil, []string{"Sheds · came with the program"}},
		"to restore":    {"restore", optArticle, nil, []string{"Old moss · your own, withdrawn"}},
		"sections":      {"edit", optSection, map[string]string{optArticle: "garden-ponds"}, []string{"(the text before the first heading)", "Fish", "Winter"}},
		"no article":    {"edit", optSection, nil, nil},
		"revisions":     {"diff", optFrom, map[string]string{optArticle: "garden-ponds"}, []string{"2026-03-14 13:00", "2026-03-14 12:00"}},
		"to revert":     {"revert", optRevision, map[string]string{optArticle: "garden-ponds"}, []string{"2026-03-14 12:00"}},
		"next":          {"review", optNext, nil, []string{"In 3 months: June 14, 2026", "In 6 months", "In 1 year", "In 2 years", "No next review"}},
		"next by hand":  {"review", optNext, map[string]string{optNext: "5 weeks"}, []string{"April 18, 2026"}},
		"next in words": {"review", optNext, map[string]string{optNext: "year"}, []string{"In 1 year", "In 2 years"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			r := s.books.put(t, "old-moss", "---\ntitle: Old moss\nauthor: A\nupdated: 2020-01-01\n---\n\nMoss.\n", alice, "")
			s.books.set("old-moss", r, library.Withdrawn)
			u := s.use()
			u.Command, u.Sub, u.Focused, u.Texts = CommandKB, test.sub, test.focused, test.texts
			got, _ := s.desk.Complete(t.Context(), u)
			for _, wrong := range limits(Reply{Choices: got}) {
				t.Error(wrong)
			}
			if len(got) != len(test.want) {
				t.Fatalf("%d choices, want %d: %v", len(got), len(test.want), got)
			}
			for i := range got {
				if !strings.HasPrefix(got[i].Name, test.want[i]) {
					t.Errorf("choice %d is %q, want %q", i, got[i].Name, test.want[i])
				}
			}
		})
	}
}

func TestArticles_options(t *testing.T) {
	options := articleOptions()
	s := newScreen(t)
	for _, o := range options {
		if units(o.Description) > 100 || o.Name != strings.ToLower(o.Name) || o.Type != api.OptionSub {
			t.Errorf("%s: %q", o.Name, o.Description)
		}
		if s.desk.commands[CommandKB+" "+o.Name] == nil {
			t.Errorf("nothing answers /kb %s", o.Name)
		}
		optional := false
		for _, in := range o.Options {
			if units(in.Description) > 100 {
				t.Errorf("%s %s: %d characters", o.Name, in.Name, units(in.Description))
			}
			if in.Required && optional {
				t.Errorf("%s: %s is required, but follows one that is not", o.Name, in.Name)
			}
			optional = optional || !in.Required
			if in.Autocomplete && s.desk.typing[CommandKB+" "+o.Name+" "+in.Name] == nil {
				t.Errorf("nothing completes %s %s", o.Name, in.Name)
			}
		}
	}
}

// TestArticles_long fills the screens with texts that are as long as they may be, and
// full of markup.
func TestArticles_long(t *testing.T) {
	nasty := strings.Repeat("*_~`|<@1>😀", 300)
	s := newScreen(t)
	source := func(body string) string {
		return string(article.Draft{
			Meta: article.Meta{Title: nasty[:900], Author: nasty[:900], AuthorBio: nasty[:900], Updated: article.Date{Year: 2024, Month: 1, Day: 1}, License: nasty[:900], SourceURL: "https://a.example/" + strings.Repeat("_", 900), Language: "en"},
			Body: body,
		}.Markdown())
	}
	var body strings.Builder
	for i := range 60 {
		fmt.Fprintf(&body, "## %d %s\n\n%s\n\n", i, strings.Repeat("x*", 100), strings.Repeat("word ", 50))
	}
	var impact bench.Impact
	for range 30 {
		impact.Golden = append(impact.Golden, hurt().Golden...)
		impact.Posted = append(impact.Posted, bench.PostedChange{Before: nasty, After: nasty, Posted: library.Posted{Message: "1", Channel: "2"}})
		impact.Bank = append(impact.Bank, bench.AnswerChange{Question: nasty, Before: nasty, After: nasty})
		s.books.warnings = append(s.books.warnings, nasty)
	}
	for i := range impact.Golden {
		impact.Golden[i].Before.Golden.Question, impact.Golden[i].Before.Got = nasty, nasty
	}
	s.books.impact = impact
	s.kb("import", optFile, strings.Repeat("n", 200)+".md="+source(body.String())).says("[Publish anyway…]", "file: preview.txt")
	if text := s.file("preview.txt"); !strings.Contains(text, nasty) || !strings.Contains(text, "59 x") {
		t.Error("the attached report is not whole")
	}
	s.press("Save draft")
	for i := range 24 {
		s.books.drafts = append(s.books.drafts, library.Record[library.Draft]{ID: fmt.Sprint("d", i), Value: library.Draft{Title: nasty, At: noon()}})
	}
	s.press("Show the drafts")
	r := s.books.put(t, "nasty", source("Text. ```\n"+manyLines(400)), alice, nasty[:400])
	for i := range 30 {
		s.books.put(t, "nasty", source(fmt.Sprintf("Text %d.", i)), alice, nasty[:400])
		s.books.put(t, fmt.Sprint("nasty-", i), source(fmt.Sprint("Other ", i)), alice, "")
	}
	s.kb("list").says("Page 1 of 4").press("Next page").press("Next page").press("Next page").press("Back").says("Page 3 of 4")
	s.kb("history", optArticle, "nasty").press("Next page").press("Next page").says("Page 3 of 4")
	s.kb("diff", optArticle, "nasty", optFrom, r.Hash[:12]).says("attached as nasty.diff")
	s.kb("show", optArticle, "nasty")
	s.kb("withdraw", optArticle, "nasty", optReason, nasty[:400])
	s.kb("review", optArticle, "nasty", optNext, "none")
	s.kb("edit", optArticle, "nasty", optSection, nasty)
	s.kb("import", optFile, nasty[:100]+".exe=x")
	for range 30 {
		s.books.due = append(s.books.due, bench.Due{Key: fmt.Sprint(len(s.books.due)), Title: nasty, Last: library.Review{On: article.Date{Year: 2020, Month: 1, Day: 1}}})
	}
	s.kb("review").says("file: reviews.txt")
	s.books.fail["preview"] = errors.Join(faultsOf(60, nasty)...)
	s.kb("import", optFile, "a.md=x").says("more")
}

// manyLines is a text of many lines, no two of them alike.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "- ```line %d of it\n\n", i)
	}
	return b.String()
}

func faultsOf(n int, text string) []error {
	var errs []error
	for i := range n {
		errs = append(errs, &article.Problem{File: "a.md", Line: i + 1, Column: 1, Message: text, Fix: text})
	}
	return errs
}
