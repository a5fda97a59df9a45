package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const steeping = `---
title: Black tea
author: A. Leaf
updated: 2024-01-02
---

Black tea steeps for four minutes in boiling water. Cold tea keeps for two days. The kettle is descaled with vinegar.
`

func askedIndex(t testing.TB) *Index {
	t.Helper()
	return build(t, Synonyms{
		Groups:  [][]string{{"steep", "brew"}, {"kettle", "water boiler"}, {"safe", "harmless"}},
		Related: []Relation{{Asked: []string{"tasty"}, Written: []string{"strong"}}},
	}, parse(t, steeping))
}

// TestAlike holds the comparison to examples: what is asked in other words, and
// beside it what is nearly the same and is another question.
func TestAlike(t *testing.T) {
	x := askedIndex(t)
	for question, others := range map[string]struct{ same, other []string }{
		"How long does black tea steep?": {
			same: []string{
				"how long does black tea steep", "hey guys, how long should black tea be steeping for??", "How long do I steep black tea?",
				"how long is black tea brewed", "pls tell me how long black tea needs to steep", "How long exactly does black tea steep?",
				"tea, black: how long does it steep?",
			},
			other: []string{
				"", "how long", "How long does tea steep?", "How long does green tea steep?", "How long does black tea keep?", "why does black tea steep?",
				"How long does black tea steep in cold water?", "How long does black tea not steep?", "How often does black tea steep?", "When does black tea steep?",
				"How long does black tea steep before milk?", "How long does black tea steep twice?", "How long does black tea steep in 2 cups?", "How long does black tae steep?",
				"How long does black tea steep and how long does green tea steep", "How long should my wife steep black tea?", "How long should black tea steep at most?",
			},
		},
		"Can I drink 2 cups of tea before surgery?": {
			same:  []string{"can i drink two cups of tea before surgery", "Can you drink 2 cups of tea before a surgery"},
			other: []string{"Can I drink 3 cups of tea before surgery?", "Can I drink 2 cups of tea after surgery?", "Can I drink tea before surgery?", "Can I drink 2 cups before tea surgery?", "Can't I drink 2 cups of tea before surgery?", "Can I drink 2 cups of tea?", "can i drink 20 cups of tea before surgery"},
		},
		"Is cold tea safe?":                   {same: []string{"is cold tea safe", "Is cold tea harmless?"}, other: []string{"Is cold tea unsafe?", "Isn't cold tea safe?", "Is cold tea not safe?", "Is cold tea safe for dogs?", "Is tea safe?", "Is tea safer cold?", "Why is cold tea safe?"}},
		"How do I descale the kettle?":        {same: []string{"how to descale a water boiler", "how can i descale my kettle"}, other: []string{"how do i clean the kettle", "should i descale the kettle", "who descales the kettle"}},
		"Should I switch from tea to coffee?": {same: []string{"should one switch from tea to coffee"}, other: []string{"should I switch from coffee to tea?", "should I switch tea and coffee?"}},
		"Should I avoid cold tea?":            {other: []string{"Should I not avoid cold tea?", "Should I have cold tea?"}},
		"Is it tasty?":                        {same: []string{"is it tasty"}, other: []string{"is it strong?"}},
		"What is it?":                         {other: []string{"What is it?", "what"}},
		"Wie lange zieht der Tee?":            {same: []string{"wie lange zieht der tee"}, other: []string{"wie lange zieht der Tee nicht?"}},
	} {
		asked := x.Asked([]string{question})
		for _, s := range others.same {
			if asked.Like(s) == nil {
				t.Errorf("%q is not like %q", s, question)
			}
		}
		for _, o := range others.other {
			if got := asked.Like(o); got != nil {
				t.Errorf("%q is like %q: %v", o, question, got)
			}
		}
	}
}

// TestAlikeOrder says which of several questions is the most alike.
func TestAlikeOrder(t *testing.T) {
	asked := askedIndex(t).Asked([]string{"", "how is tea brewed", "how is tea steeped", "how is tea stored", "how tea is steeped"})
	got := asked.Like("How is tea steeped?")
	var order []int
	for _, a := range got {
		order = append(order, a.Number)
	}
	if fmt.Sprint(order) != "[2 4 1]" || got[0].Share != 1 || got[2].Share >= 1 || got[2].Share < alikeThreshold {
		t.Errorf("%v", got)
	}
	if got := askedIndex(t).Asked(nil).Like("How is tea steeped?"); got != nil {
		t.Errorf("%v", got)
	}
	long := "How is tea steeped?" + strings.Repeat(" ", searchedLimit)
	if got := asked.Like(long); got != nil {
		t.Errorf("a text whose middle is not read: %v", got)
	}
}

// TestAlikeIsSymmetric: likeness does not depend on who asked first, a question that
// asks anything is like itself, and one with another word of content is not.
func TestAlikeIsSymmetric(t *testing.T) {
	x := askedIndex(t)
	some := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("how is the black tea steep brew kettle not before after 2 cups water boiler from to why exactly")), 0, 8)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := strings.Join(some.Draw(rt, "a"), " "), strings.Join(some.Draw(rt, "b"), " ")
		ab, ba := x.Asked([]string{a}).Like(b), x.Asked([]string{b}).Like(a)
		if len(ab) != len(ba) || len(ab) > 0 && (ab[0].Share-ba[0].Share > 1e-9 || ba[0].Share-ab[0].Share > 1e-9) {
			rt.Fatalf("%q and %q: %v, %v", a, b, ab, ba)
		}
		if self := x.Asked([]string{a}).Like(a); len(x.asking(a).ideas) > 0 && (len(self) != 1 || self[0].Share != 1) {
			rt.Fatalf("%q is not like itself: %v", a, self)
		}
		if more := x.Asked([]string{a}).Like(a + " giraffe"); more != nil {
			rt.Fatalf("%q is like the same with another word: %v", a, more)
		}
	})
}

// BenchmarkAlike compares a question with two hundred that share words with it.
func BenchmarkAlike(b *testing.B) {
	x := askedIndex(b)
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("black tea steep brew kettle cups water boiler cold days vinegar strong milk sugar lemon")
	questions := make([]string, 200)
	for i := range questions {
		questions[i] = "How long"
		for range 5 {
			questions[i] += " " + words[random.IntN(len(words))]
		}
	}
	asked := x.Asked(questions)
	for b.Loop() {
		asked.Like("How long does black tea steep in cold water with lemon?")
	}
}
