package memory

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
		talks := NewTalks(func() time.Time { return m.now })
		keys := rapid.SampledFrom([]string{ThreadKey("1"), ThreadKey("2"), ReplyKey("1"), ReplyKey("2")})
		questions, members := rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}), rapid.SampledFrom([]string{"ann", "ben", ""})
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0:
				m.now = m.now.Add(time.Duration(rapid.IntRange(0, 8).Draw(t, "minutes")) * time.Minute)
			case 1:
				question := questions.Draw(t, "deleted")
				talks.DropTurn(question)
				for key := range m.turns {
					m.fresh(key)
				}
				m.dropTurn(question)
			case 2:
				who := members.Draw(t, "forgotten")
				talks.Forget(who)
				if who != "" {
					m.forget(who)
				}
			case 3:
				talks.Sweep()
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
				talks.Add(key, from, Said{question, who, answer.Turn{Question: question, Minor: minor}})
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
			for _, turn := range talks.Before(key, question).Turns() {
				got = append(got, fmt.Sprint(turn.Question, turn.Minor))
			}
			others := slices.ContainsFunc(m.turns[key], func(s spoken) bool { return s.question != question })
			if !slices.Equal(got, want) || talks.Alive(key, question) != others {
				t.Fatalf("%s before %s: %q, alive %v; want %q, %v", key, question, got, talks.Alive(key, question), want, others)
			}
		}
	})
}

// TestTalksAreBounded: the one that was silent for longest makes room.
func TestTalksAreBounded(t *testing.T) {
	t.Parallel()
	now := time.Unix(1e9, 0)
	talks := NewTalks(func() time.Time { return now })
	for n := range maxTalks + 100 {
		now = now.Add(time.Millisecond)
		talks.Add(ThreadKey("kept"), ThreadKey("kept"), Said{Question: "0"})
		talks.Add(ThreadKey(fmt.Sprint(n)), ThreadKey(fmt.Sprint(n)), Said{Question: "1"})
	}
	if len(talks.all) != maxTalks || !talks.Alive(ThreadKey("kept"), "") || !talks.Alive(ThreadKey(fmt.Sprint(maxTalks+99)), "") || talks.Alive(ThreadKey("0"), "") {
		t.Errorf("%d talks", len(talks.all))
	}
	now = now.Add(talkFor)
	if talks.Sweep(); len(talks.all) != 0 {
		t.Errorf("%d talks stay", len(talks.all))
	}
}
