package answer

import (
	"slices"
	"strings"
	"testing"

	"verbatim/internal/article"
)

func TestClassify(t *testing.T) {
	for text, want := range map[string]MetaField{
		"who wrote this": FieldAuthor, "Who is the author of this article?": FieldAuthor, "whos the author": FieldAuthor,
		"what's the author's name": FieldAuthor, "who made this page lol": FieldAuthor, "by whom": FieldAuthor,
		"name of the guy who wrote it": FieldAuthor, "written by who": FieldAuthor,
		"is the author a doctor": FieldAuthorBio, "is he a doctor": FieldAuthorBio, "was this written by a physician": FieldAuthorBio,
		"is the dude who wrote this really a medic": FieldAuthorBio, "what are his credentials": FieldAuthorBio,
		"can i trust the author": FieldAuthorBio, "tell me about the author": FieldAuthorBio,
		"when was the page last updated": FieldUpdated, "how old is this page": FieldUpdated, "how recent is it": FieldUpdated,
		"which month did they last touch the page": FieldUpdated, "is this still up to date": FieldUpdated, "last update?": FieldUpdated,
		"when was this first published": FieldPublished, "what is the publication date": FieldPublished,
		"how do I cite this": FieldCitation, "cite this in APA": FieldCitation, "citation please": FieldCitation,
		"can i get a bibtex entry": FieldCitation, "how should i reference this article": FieldCitation,
		"what's this article called": FieldTitle, "what is the title of the page": FieldTitle, "give me the full headline": FieldTitle,
		"what is in here": FieldContents, "what does this article cover": FieldContents, "table of contents": FieldContents,
		"what sections are there": FieldContents, "what is this article about": FieldContents, "what can i ask you about": FieldContents,
		"where did the author study": FieldAuthorBio,
	} {
		if got, ok := classify(text, nil); !ok || got.field != want {
			t.Errorf("%q: %v %v, want %s", text, got.field, ok, want)
		}
	}
}

// TestClassifyLookAlikes holds questions that are not about the front matter.
func TestClassifyLookAlikes(t *testing.T) {
	for _, text := range []string{
		"who should do it", "which week did the study end", "who were the researchers", "which journal did they cite",
		"how old should i be", "is it safe", "what year was the study published", "weather in chicago", "how long does it take",
		"who makes the best gloves", "do i need a doctor for this", "when should i do this", "what is this", "how do i date someone",
		"what does it do", "who invented it", "are doctors allowed to do this", "is this a kink or a nurse thing",
		"what are the contents of semen", "my doctor wrote me a note", "what material are the gloves made of", "what information do you have about the gland",
		"does the author say a trained partner can do it", "according to the author is it safe", "who wrote the study", "is it hard when you touch it", "who are the authors of that 2006 paper",
	} {
		if got, ok := classify(text, nil); ok {
			t.Errorf("%q: taken for %s", text, got.field)
		}
	}
}

func TestMetaAnswers(t *testing.T) {
	a, _ := newAnswerer(t)
	for _, tc := range []struct {
		question string
		field    MetaField // "" for an abstention
		shows    string
	}{
		{"who wrote this", FieldAuthor, "Pat Doe"},
		{"is he a doctor", FieldAuthorBio, "gardener"},
		{"who is pat doe", FieldAuthorBio, "gardener"},
		{"how long was she in tv", FieldAuthorBio, "five years on television"},
		{"where did the author study botany", FieldAuthorBio, "Springfield College"},
		{"what is the author's email", "", "does not say"},
		{"how old is pat doe", "", "does not say"},
		{"which tv station did the author work at", "", "does not say"},
		{"when was this updated", FieldUpdated, "July 19, 2017"},
		{"when was this first published", "", "not when it was first published"},
		{"how do i cite this", FieldCitation, "2017"},
		{"what is this article called", FieldTitle, "The gland"},
		{"what sections are there", FieldContents, "Technique"},
		{"is pat doe a doctor", FieldAuthorBio, "gardener"},
		{"is doe qualified", FieldAuthorBio, "gardener"},
		{"pat doe credentials", FieldAuthorBio, "gardener"},
		{"is this legit", FieldAuthorBio, "gardener"},
		{"can i trust this", FieldAuthorBio, "gardener"},
		{"give me a bibtex entry for citation", FieldCitation, "@misc"},
		{"cite this in mla", FieldCitation, "Doe, Pat. “The gland.”"},
	} {
		ans, err := a.Ask(t.Context(), Question{Text: tc.question})
		if err != nil {
			t.Fatal(err)
		}
		var field MetaField
		if ans.Meta != nil {
			field = ans.Meta.Field
		}
		if field != tc.field || !strings.Contains(shown(ans), tc.shows) {
			t.Errorf("%q: field %q, shown %q; want %q, %q", tc.question, field, shown(ans), tc.field, tc.shows)
		}
	}
}

const pond = `---
title: Garden ponds
author: Sam Roe
updated: 2021-05-06
published: 2020-01-02
---

A pond needs shade and a pump.
`

func TestWhichArticle(t *testing.T) {
	a := New(newFakeRules(), newLibrary(t, gland, pond))
	ask := func(text string, c Conversation) Answer {
		ans, err := a.Ask(t.Context(), Question{Text: text, Conversation: c})
		if err != nil {
			t.Fatal(err)
		}
		return ans
	}
	if ans := ask("who wrote this", Conversation{}); ans.Outcome != Abstained || len(ans.Nearest) != 2 {
		t.Errorf("two articles: %+v", ans)
	}
	if ans := ask("who wrote the garden ponds article", Conversation{}); ans.Meta == nil || ans.Meta.Text != "Sam Roe." {
		t.Errorf("by its title: %+v", ans)
	}
	quoted := ask("what does a pond need", Conversation{})
	if quoted.Quote == nil || quoted.Quote.Article != "garden-ponds" {
		t.Fatalf("quoted %+v", quoted)
	}
	ans := ask("when was this first published", Conversation{}.With(TurnOf("what does a pond need", quoted)))
	if ans.Meta == nil || !strings.Contains(ans.Meta.Text, "January 2, 2020") {
		t.Errorf("the one last quoted: %+v", ans)
	}
	for text, want := range map[string]string{
		"who wrote the pond article":                  "Sam Roe",
		"who wrote garden ponds":                      "Sam Roe",
		"who wrote the article about ponds":           "Sam Roe",
		"cite the garden ponds article":               "Roe, S. (2021",
		"how old is the gland article":                "July 19, 2017",
		"what is in the pond article":                 "Garden ponds",
		"is pat doe a doctor":                         "gardener",
		"when was the article on garden ponds edited": "May 6, 2021",
	} {
		if ans := ask(text, Conversation{}); ans.Meta == nil || !strings.Contains(ans.Meta.Text, want) {
			t.Errorf("%q: %s %s, want %q", text, ans.Outcome, shown(ans), want)
		}
	}
	if ans := ask("what is in here", Conversation{}); ans.Meta == nil || !strings.Contains(ans.Meta.Text, "Garden ponds") {
		t.Errorf("contents of the shelf: %+v", ans)
	}
}

// TestFamilyNamesAreWords has an author whose name occurs in ordinary questions.
func TestFamilyNamesAreWords(t *testing.T) {
	const shoes = "---\ntitle: Running shoes\nauthor: Michael Best\nauthor_bio: Michael Best is a runner.\nupdated: 2020-01-01\n---\n\nThe best shoes are light shoes.\n"
	a := New(newFakeRules(), newLibrary(t, shoes, pond))
	ans, err := a.Ask(t.Context(), Question{Text: "what are the best shoes"})
	if err != nil || ans.Quote == nil || ans.Quote.Article != "running-shoes" {
		t.Errorf("%+v, %v", ans, err)
	}
	ans, err = a.Ask(t.Context(), Question{Text: "who is Best"})
	if err != nil || ans.Meta == nil || ans.Meta.Field != FieldAuthorBio {
		t.Errorf("%+v, %v", ans, err)
	}
}

// TestAfterAQuote asks about what was quoted, not about the article.
func TestAfterAQuote(t *testing.T) {
	const trial = "---\ntitle: A trial of pumps\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\nThe pump trial was published in March 1999. Ponds did better with a pump.\n"
	a := New(newFakeRules(), newLibrary(t, trial))
	c := Conversation{}.With(Turn{Question: "what did the pump trial find", Article: "a-trial-of-pumps"})
	ans, err := a.Ask(t.Context(), Question{Text: "when was that published", Conversation: c})
	if err != nil || ans.Quote == nil || !strings.Contains(ans.Quote.Text, "March 1999") {
		t.Errorf("%s %s, %v", ans.Outcome, shown(ans), err)
	}
}

func TestSmallTalk(t *testing.T) {
	for text, want := range map[string]bool{
		"hi": true, "hiii botty 👋": true, "thanks!!": true, "thank you so much": true, "good morning": true, "hello, good morning": true,
		"what can you do": true, "what can u do?": true, "help": true, "who are you": true, "are you a bot": true, "how does this work": true,
		"": true, "🙂": true, "how are you": true, "good night": true, "that's great thanks": true, "you're welcome": true, "test": true,
		"is this good for you": false, "hello is it safe": false, "thanks, and how deep?": false, "what can it do": false,
		"how does it work on the prostate": false, "help my chest hurts": false, "good": false,
		"hallo": true, "Guten Tag!": true, "¡hola! buenas tardes": true, "merci beaucoup": true, "olá, bom dia": true, "hallo, ist das sicher": false,
	} {
		if got := isSmallTalk(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestMetaHoldsWhatItSays expects what Text says as data too, for other languages.
func TestMetaHoldsWhatItSays(t *testing.T) {
	ask := func(a *Answerer, text string) Meta {
		t.Helper()
		ans, err := a.Ask(t.Context(), Question{Text: text})
		if err != nil || ans.Meta == nil {
			t.Fatalf("%q: %+v, %v", text, ans, err)
		}
		return *ans.Meta
	}
	one, _ := newAnswerer(t)
	if m := ask(one, "who wrote this"); m.Work == nil || m.Work.Author != "Pat Doe" || m.Style != "" {
		t.Errorf("author: %+v", m)
	}
	for text, want := range map[string]article.Style{"how do i cite this": article.StyleAPA, "cite this in mla": article.StyleMLA} {
		if m := ask(one, text); m.Style != want || m.Work == nil {
			t.Errorf("%q: %+v", text, m)
		}
	}
	if m := ask(one, "what sections are there"); !slices.Equal(m.Headings, []string{"Safety", "Technique"}) || m.Text != "The gland\n- Safety\n- Technique" {
		t.Errorf("contents: %+v", m)
	}
	two := New(newFakeRules(), newLibrary(t, gland, pond))
	if m := ask(two, "what is in here"); m.Work != nil || !slices.Equal(m.Titles, []string{"The gland", "Garden ponds"}) || m.Text != "- The gland\n- Garden ponds" {
		t.Errorf("several: %+v", m)
	}
}
