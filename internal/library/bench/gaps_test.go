package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/library"
)

// missedOn is a question that was missed so many hours after the first of March.
func missedOn(hour int, text string) library.Missed {
	return library.Missed{ID: fmt.Sprintf("id-%03d", hour), Text: text, At: time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC)}
}

func TestGroup(t *testing.T) {
	var missed []library.Missed
	for i, text := range []string{
		"Which kettle is best for green tea?",
		"can I brew tea in a microwave",
		"what's the best kettle for green tea",
		"is it safe to brew tea in the microwave?",
		"how do I grow moss on a wall",
		"best kettles for a green tea?",
		"who?",
		"Who?",
		"¿Se puede plantar musgo en la sombra?",
		"puedo plantar musgo a la sombra",
	} {
		missed = append(missed, missedOn(i, text))
	}
	var got []string
	for _, g := range Group(missed) {
		got = append(got, fmt.Sprintf("%d %s %s", g.Count, g.Text, strings.Join(g.IDs, " ")))
	}
	want := []string{
		"3 Which kettle is best for green tea? id-000 id-002 id-005",
		"2 ¿Se puede plantar musgo en la sombra? id-008 id-009",
		"2 who? id-006 id-007",
		"2 can I brew tea in a microwave id-001 id-003",
		"1 how do I grow moss on a wall id-004",
	}
	if !slices.Equal(got, want) {
		t.Errorf("grouped as\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(Group(nil)) != 0 {
		t.Error("nothing has a group")
	}
}

// TestTheMostCentralStandsForAll: the question that is most like the others.
func TestTheMostCentralStandsForAll(t *testing.T) {
	groups := Group([]library.Missed{
		missedOn(0, "teapot lid crack glue repair"), missedOn(1, "teapot lid crack glue repair porcelain"),
		missedOn(2, "teapot lid crack glue porcelain"), missedOn(3, "quite another subject"),
	})
	if len(groups) != 2 || groups[0].Text != "teapot lid crack glue repair porcelain" {
		t.Errorf("groups are %+v", groups)
	}
}

// TestGroupsArePartitions: every question is in one group, whatever their order.
func TestGroupsArePartitions(t *testing.T) {
	words := []string{"kettle", "kettles", "moss", "brewing", "brew", "the", "is", "…", "safe", "wall", "ñu"}
	rapid.Check(t, func(t *rapid.T) {
		var missed []library.Missed
		for i := range rapid.IntRange(0, 30).Draw(t, "questions") {
			missed = append(missed, missedOn(i/2, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 6).Draw(t, "text"), " ")))
			missed[i].ID = fmt.Sprint(i)
		}
		groups := Group(missed)
		seen, before := map[string]bool{}, len(missed)
		for _, g := range groups {
			if g.Count != len(g.IDs) || g.Count == 0 || g.Count > before || g.First.After(g.Last) {
				t.Fatalf("group %+v after one of %d", g, before)
			}
			before = g.Count
			for _, id := range g.IDs {
				if seen[id] {
					t.Fatalf("%s is in two groups", id)
				}
				seen[id] = true
			}
		}
		shuffled := slices.Clone(missed)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if len(seen) != len(missed) || fmt.Sprint(Group(shuffled)) != fmt.Sprint(groups) {
			t.Fatalf("%d of %d questions are in groups, or the order changes them", len(seen), len(missed))
		}
	})
}

// manyMissed are a thousand questions of a few words each.
func manyMissed(n int) []library.Missed {
	r := rand.New(rand.NewPCG(1, 2))
	missed := make([]library.Missed, n)
	for i := range missed {
		var words []string
		for range 4 + r.IntN(10) {
			words = append(words, fmt.Sprintf("word%c%c", 'a'+r.IntN(26), 'a'+r.IntN(10)))
		}
		missed[i] = missedOn(i, strings.Join(words, " "))
	}
	return missed
}

func BenchmarkGroup(b *testing.B) {
	for _, n := range []int{1000, library.MaxMissed} {
		missed := manyMissed(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Group(missed)
			}
		})
	}
}

// shortfall is a library.Gaps and a library.Trail in memory.
type shortfall struct {
	library.Trail

	missed []library.Missed
	noted  []library.Entry
	fail   error
}

func (s *shortfall) Miss(context.Context, string, library.Missed) error { return s.fail }

func (s *shortfall) MissedQuestions(context.Context, string) ([]library.Missed, error) {
	return s.missed, s.fail
}

func (s *shortfall) DropMissed(_ context.Context, _ string, ids ...string) error {
	s.missed = slices.DeleteFunc(s.missed, func(m library.Missed) bool { return slices.Contains(ids, m.ID) })
	return s.fail
}

func (s *shortfall) Note(_ context.Context, _ string, e library.Entry, act library.Act) error {
	e.Actor, e.Reason = act.Actor, act.Reason
	s.noted = append(s.noted, e)
	return s.fail
}

func TestDismiss(t *testing.T) {
	kept := &shortfall{missed: []library.Missed{missedOn(0, "a kettle?"), missedOn(1, "kettles?"), missedOn(2, "moss?")}}
	b := New(Config{Gaps: kept, Trail: kept})
	gaps, err := b.Gaps(t.Context(), "g")
	if err != nil || len(gaps) != 2 || gaps[0].Count != 2 {
		t.Fatalf("gaps are %+v, %v", gaps, err)
	}
	for range 2 { // the second time there is nothing left to drop
		if err := b.Dismiss(t.Context(), "g", append(gaps[0].IDs, "gone"), library.Act{Actor: "mara", Reason: "known"}); err != nil {
			t.Fatal(err)
		}
	}
	if len(kept.missed) != 1 || kept.missed[0].Text != "moss?" {
		t.Errorf("left are %+v", kept.missed)
	}
	if want := (library.Entry{Action: "gaps.dismiss", Subject: "2", Actor: "mara", Reason: "known"}); !slices.Equal(kept.noted, []library.Entry{want}) {
		t.Errorf("the trail tells %+v", kept.noted)
	}
	kept.fail = errors.New("out of reach")
	if _, err = b.Gaps(t.Context(), "g"); !errors.Is(err, kept.fail) || !errors.Is(b.Dismiss(t.Context(), "g", []string{"id-002"}, library.Act{}), kept.fail) {
		t.Errorf("a failure is %v", err)
	}
}
