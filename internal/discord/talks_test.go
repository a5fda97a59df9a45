package discord

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
)

// spoken is a turn in a model of talks: a plain list of all that was ever said.
type spoken struct {
	question string
	at       time.Time
	minor    bool
}

// model says what talks should remember, by key.
type model struct {
	now   time.Time
	turns map[string][]spoken
	who   map[string]map[string]bool
}

func (m *model) fresh(key string) []spoken {
	m.turns[key] = slices.DeleteFunc(m.turns[key], func(s spoken) bool { return m.now.Sub(s.at) >= 15*time.Minute })
	if len(m.turns[key]) == 0 {
		delete(m.turns, key)
		delete(m.who, key)
	}
	return m.turns[key]
}

func (m *model) add(key, from, question, who string, minor bool) {
	all, members := slices.Clone(m.fresh(from)), map[string]bool{who: true}
	for member := range m.who[from] {
		members[member] = true
	}
	for _, s := range all {
		minor = minor || s.minor
	}
	one := spoken{question, m.now, minor}
	if at := slices.IndexFunc(all, func(s spoken) bool { return s.question == question }); at >= 0 {
		all[at] = one
	} else {
		all = append(all, one)
	}
	m.turns[key], m.who[key] = all[max(0, len(all)-6):], members
}

func (m *model) dropTurn(question string) {
	for key, turns := range m.turns {
		m.turns[key] = slices.DeleteFunc(turns, func(s spoken) bool { return s.question == question })
		m.fresh(key)
	}
}

func (m *model) forget(who string) {
	for key := range m.who {
		if m.who[key][who] {
			delete(m.turns, key)
			delete(m.who, key)
		}
	}
}

// TestTalksRemember promises what the model says, whatever happens in which order.
func TestTalksRemember(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := &model{now: time.Unix(1e9, 0), turns: map[string][]spoken{}, who: map[string]map[string]bool{}}
		talks := newTalks(func() time.Time { return m.now })
		keys := rapid.SampledFrom([]string{threadKey("1"), threadKey("2"), replyKey("1"), replyKey("2")})
		questions, members := rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}), rapid.SampledFrom([]string{"ann", "ben", ""})
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0:
				m.now = m.now.Add(time.Duration(rapid.IntRange(0, 8).Draw(t, "minutes")) * time.Minute)
			case 1:
				question := questions.Draw(t, "deleted")
				talks.dropTurn(question)
				for key := range m.turns {
					m.fresh(key)
				}
				m.dropTurn(question)
			case 2:
				who := members.Draw(t, "forgotten")
				talks.forget(who)
				if who != "" {
					m.forget(who)
				}
			case 3:
				talks.sweep()
				if len(talks.all) != func() (n int) {
					for key := range m.turns {
						if len(m.fresh(key)) > 0 {
							n++
						}
					}
					return n
				}() {
					t.Fatalf("%d talks after a sweep", len(talks.all))
				}
			default:
				key, from := keys.Draw(t, "key"), keys.Draw(t, "from")
				question, who, minor := questions.Draw(t, "question"), members.Draw(t, "who"), rapid.Bool().Draw(t, "minor")
				talks.add(key, from, question, who, answer.Turn{Question: question, Minor: minor})
				m.add(key, from, question, who, minor)
			}
			key, question := keys.Draw(t, "read"), questions.Draw(t, "before")
			var want []string
			for _, s := range m.fresh(key) {
				if s.question == question {
					break
				}
				want = append(want, fmt.Sprint(s.question, s.minor))
			}
			var got []string
			for _, turn := range talks.before(key, question).Turns() {
				got = append(got, fmt.Sprint(turn.Question, turn.Minor))
			}
			others := slices.ContainsFunc(m.turns[key], func(s spoken) bool { return s.question != question })
			if !slices.Equal(got, want) || talks.alive(key, question) != others {
				t.Fatalf("%s before %s: %q, alive %v; want %q, %v", key, question, got, talks.alive(key, question), want, others)
			}
		}
	})
}

// TestTalksAreBounded: the one that was silent for longest makes room.
func TestTalksAreBounded(t *testing.T) {
	t.Parallel()
	now := time.Unix(1e9, 0)
	talks := newTalks(func() time.Time { return now })
	for n := range maxTalks + 100 {
		now = now.Add(time.Millisecond)
		talks.add(threadKey("kept"), threadKey("kept"), "0", "", answer.Turn{})
		talks.add(threadKey(fmt.Sprint(n)), threadKey(fmt.Sprint(n)), "1", "", answer.Turn{})
	}
	if len(talks.all) != maxTalks || !talks.alive(threadKey("kept"), "") || !talks.alive(threadKey(fmt.Sprint(maxTalks+99)), "") || talks.alive(threadKey("0"), "") {
		t.Errorf("%d talks", len(talks.all))
	}
	now = now.Add(talkFor)
	if talks.sweep(); len(talks.all) != 0 {
		t.Errorf("%d talks stay", len(talks.all))
	}
}

// TestRepliesAreBounded: there is room for so many, and for the last ones. Those that
// were forgotten take none away from those that came after them.
func TestRepliesAreBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, since := newBounded[int](3), map[string]int{} // how many new ones came since a key was put
		for n := range rapid.IntRange(1, 40).Draw(t, "steps") {
			key := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "key")
			if rapid.Bool().Draw(t, "drop") {
				b.drop(key)
				delete(since, key)
				continue
			}
			if _, known := b.get(key); !known {
				for other := range since {
					since[other]++
				}
				since[key] = 0
			}
			b.put(key, n)
			if got, ok := b.get(key); !ok || got != n || len(b.all) > 3 {
				t.Fatalf("put %d, got %d among %d", n, got, len(b.all))
			}
			for other, came := range since {
				if _, ok := b.get(other); ok != (came < 3) {
					t.Fatalf("%s is there: %v, after %d others", other, ok, came)
				}
			}
		}
	})
}

// TestVersions: who works on a version that is not the last one is interrupted.
func TestVersions(t *testing.T) {
	t.Parallel()
	r := newReplies(4)
	first := r.note("q")
	ctx, done := r.while(t.Context(), "q", first)
	if ctx.Err() != nil || !r.isLatest("q", first) {
		t.Error("the first version is not the last one")
	}
	second := r.note("q")
	if ctx.Err() == nil || r.isLatest("q", first) || !r.isLatest("q", second) {
		t.Error("the first version stays the last one")
	}
	done()
	ctx, done = r.while(t.Context(), "q", first)
	if ctx.Err() == nil {
		t.Error("an old version is worked on")
	}
	done()
	if len(r.watching) != 0 || !r.isLatest("never heard of", 0) {
		t.Errorf("%d are watching", len(r.watching))
	}
}
