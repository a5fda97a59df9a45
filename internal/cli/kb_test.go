package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

const pondSource = `---
title: Garden ponds
author: Sam Roe
updated: 2025-05-06
---

A pond needs shade in summer.

A pond must be at least 80 cm deep so that fish survive the winter.
`

// pondDay is the time in [program].
func pondDay() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }

// pondAnswers are posted answers: two that all can see, and one that only its asker does.
func pondAnswers(revision article.Revision) []library.Posted {
	at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	place := library.Place{Article: "garden-ponds", Revision: revision, Start: 0, End: 29}
	answers := make([]library.Posted, 3)
	for i, id := range []string{"one", "two", "three"} {
		answers[i] = library.Posted{
			ID: id, Channel: "423456789012345678", Question: "52345678901234567" + string(rune('0'+i)), Outcome: "answered", Tier: "none",
			Quoted: place, Hash: library.HashOf("A pond needs shade in summer."), Private: id == "three", Asker: "mac", At: at, Expires: at.AddDate(9, 0, 0),
		}
	}
	return answers
}

// pondKB is a program with a database where the article on ponds is published and
// quoted by answers. kb runs a kb command there.
func pondKB(t *testing.T) (kb func(want int, args ...string) (out, errs string), at func(work func(s *store.Store))) {
	t.Helper()
	p, out, errs := atDatabase(t)
	file := filepath.Join(t.TempDir(), "pond.md")
	if err := os.WriteFile(file, []byte(pondSource), 0o600); err != nil {
		t.Fatal(err)
	}
	kb = func(want int, args ...string) (string, string) {
		t.Helper()
		o, e := out.String(), errs.String()
		line := append([]string{"verbatim", "kb"}, args...)
		if code := p.Run(t.Context(), append(line, "--guild", pondGuild)); code != want {
			t.Fatalf("%q: exit %d\n%s", line, code, errs.String()[len(e):])
		}
		return out.String()[len(o):], errs.String()[len(e):]
	}
	at = func(work func(s *store.Store)) {
		t.Helper()
		s, err := p.openStore(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		work(s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	kb(exitOK, "add", file)
	at(func(s *store.Store) {
		history, err := s.History(t.Context(), pondGuild, "garden-ponds")
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range pondAnswers(history[0].Revision) {
			if err := s.Post(t.Context(), pondGuild, a, lease.Lease{}); err != nil {
				t.Fatal(err)
			}
			if err := s.Sent(t.Context(), pondGuild, a.ID, "32345678901234567"+string(rune('0'+i))); err != nil {
				t.Fatal(err)
			}
		}
	})
	return kb, at
}

// holds fails unless text matches.
func holds(t *testing.T, text, pattern string) {
	t.Helper()
	if !regexp.MustCompile(pattern).MatchString(text) {
		t.Errorf("no %q in\n%s", pattern, text)
	}
}

func TestKB_postedAnswers(t *testing.T) {
	kb, at := pondKB(t)
	out, _ := kb(exitOK, "withdraw", "--dry-run", "garden-ponds")
	holds(t, out, `(?m)^Posted answers whose quoted words would change or go \(3\)$`)
	holds(t, out, `(?m)^  then +nothing; the article does not say this any more$`)
	_, errs := kb(exitOK, "withdraw", "garden-ponds")
	holds(t, errs, `^2 posted answers quote it: a bot that is running marks those`)
	at(func(s *store.Store) {
		all, err := s.Queue().Jobs(t.Context(), pondGuild)
		if err != nil || len(all) != 1 || all[0].Kind != library.PropagateJob || all[0].State != jobs.Queued {
			t.Errorf("jobs %+v, %v", all, err)
		}
	})
	out, _ = kb(exitOK, "jobs")
	holds(t, out, `(?m)^propagate-[0-9]+ .* posted answers +queued +- +-$`)
	out, _ = kb(exitOK, "jobs", "cancel", strings.Fields(strings.Split(out, "\n")[1])[0])
	holds(t, out, `^cancelled propagate-`)
}

func TestKB_correct(t *testing.T) {
	if raceDetector {
		t.Skip("each of its many commands opens everything anew, which takes a minute with the race detector; package bench is tested with it")
	}
	tests := map[string]struct {
		args      []string
		out, errs string
	}{
		"another passage, by the message's id": {
			[]string{"323456789012345670", "--kind", "passage", "--right", "garden-ponds:31-98", "--question", "How deep?"},
			`^corrected [A-Z0-9]+\n$`, `(?s)^Golden question .*are answered so from now on.*The message is changed by a bot`,
		},
		"another passage, with nothing learnt": {
			[]string{"one", "--kind", "passage", "--right", "garden-ponds:31-98"},
			`^corrected `, `^Nothing is learnt from it without --question`,
		},
		"no answer, by the message's link": {
			[]string{"https://discord.com/channels/" + pondGuild + "/423456789012345678/323456789012345671", "--kind", "abstain", "--question", "What about seas?"},
			`^corrected `, `^Golden question `,
		},
		"a tier": {
			[]string{"one", "--kind", "tier", "--tier", "urgent", "--question", "I fell in and cannot get up"},
			`^corrected `, `(?m)^Next: verbatim safety propose --guild ` + pondGuild + ` FILE, so that such questions are taken as urgent\.$`,
		},
		"it goes": {
			[]string{"two", "--kind", "remove"},
			`^corrected `, `^The message is changed by a bot that is running; while none runs it stays as it is\.\n$`,
		},
		"it is right": {
			[]string{"one", "--kind", "right", "--question", "Do ponds need shade?"},
			`^corrected `, `^Golden question [A-Z0-9]+: verbatim kb test --guild ` + pondGuild + ` asks it\.\n$`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			kb, _ := pondKB(t)
			out, errs := kb(exitOK, append([]string{"correct"}, tt.args...)...)
			holds(t, out, tt.out)
			holds(t, errs, tt.errs)
			list, _ := kb(exitOK, "corrections", "--json")
			holds(t, list, `"kind":"`+tt.args[2]+`"`)
			holds(t, list, `"in_force":true`)
			kb(exitOK, "undo", strings.Fields(out)[1])
			if list, _ = kb(exitOK, "corrections", "--json"); list != "" {
				t.Errorf("after undoing: %s", list)
			}
		})
	}
}

func TestKB_gaps(t *testing.T) {
	kb, at := pondKB(t)
	at(func(s *store.Store) {
		for id, text := range map[string]string{"a": "do ponds freeze", "b": "do ponds freeze?", "c": "who built the shed"} {
			if err := s.Miss(t.Context(), pondGuild, library.Missed{ID: id, Text: text, At: pondDay()}); err != nil {
				t.Fatal(err)
			}
		}
	})
	out, _ := kb(exitOK, "gaps")
	holds(t, out, `(?m)^[ab] +2 +[0-9-]+ +do ponds freeze\??$`)
	holds(t, out, `(?m)^c +1 +[0-9-]+ +who built the shed$`)
	_, errs := kb(exitError, "dismiss", "c", "nonsense")
	holds(t, errs, `no missed question "nonsense" is on the list, and none was dismissed`)
	out, _ = kb(exitOK, "dismiss", "a")
	holds(t, out, `^dismissed 2 questions\n$`)
	out, _ = kb(exitOK, "gaps", "--json")
	holds(t, out, `^\{"id":"c","count":1,"text":"who built the shed",[^\n]*\}\n$`)
}

func TestKB_stats(t *testing.T) {
	kb, at := pondKB(t)
	today := article.DateOf(pondDay())
	at(func(s *store.Store) {
		for name, n := range map[string]int64{
			"asked": 10, "answered": 6, "abstained": 3, "card": 1, "tier/none": 9, "tier/crisis": 1, "helpful": 3, "nothelpful": 1, "section/garden-ponds/Depth": 6,
		} {
			if err := s.Count(t.Context(), pondGuild, today, name, n); err != nil {
				t.Fatal(err)
			}
		}
	})
	out, _ := kb(exitOK, "stats", "--days", "7")
	for _, line := range []string{
		`^10 questions in 7 days: 6 answered, 3 not answered, 1 safety card alone$`,
		`^by tier: none 9, crisis 1$`, `^75 % of 4 verdicts found the answer helpful$`,
		`^ *` + today.String() + ` +10 +6 +3 +1 +3 +1$`, `^ +6  garden-ponds: Depth$`,
	} {
		holds(t, out, `(?m)`+line)
	}
	out, _ = kb(exitOK, "stats", "--days", "2", "--json")
	holds(t, out, `"total":\{"asked":10,"answered":6,"abstained":3,"cards":1,"tiers":\{"crisis":1,"none":9\},"helpful":3,"not_helpful":1\}`)
	holds(t, out, `"sections":\[\{"article":"garden-ponds","section":"Depth","count":6\}\]`)
}
