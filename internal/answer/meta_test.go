package answer

import (
	"strings"
	"testing"
)

func TestClassify(t *testing.T) {
	for text, want := range map[string]MetaField{
		"who wrote this": FieldAuthor, "Who is the author of this article?": FieldAuthor, "whos the author": FieldAuthor,
		"what's the author's name": FieldAuthor, "who made this page lol": FieldAuthor, "by whom": FieldAuthor,
		"name of the guy who wrote it": FieldAuthor, "written by who": FieldAuthor,
		"is the author a doctor": FieldAuthorBio, "is he a doctor": FieldAuthorBio, "was this written by a physician": FieldAuthorBio,
		"is the guy who wrote it even medical": FieldAuthorBio, "what are his credentials": FieldAuthorBio,
		"can i trust the author": FieldAuthorBio, "tell me about the author": FieldAuthorBio,
		"when was this last updated": FieldUpdated, "how old is this article": FieldUpdated, "how recent is it": FieldUpdated,
		"which month did they last touch the page": FieldUpdated, "is this still up to date": FieldUpdated, "last update?": FieldUpdated,
		"when was this first published": FieldPublished, "what is the publication date": FieldPublished,
		"how do I cite this": FieldCitation, "cite this in APA": FieldCitation, "citation please": FieldCitation,
		"can i get a bibtex entry": FieldCitation, "how should i reference this article": FieldCitation,
		"what's this article called": FieldTitle, "what is the title of the page": FieldTitle, "give me the full headline": FieldTitle,
		"what is in here": FieldContents, "what does this article cover": FieldContents, "table of contents": FieldContents,
		"what sections are there": FieldContents, "what is this article about": FieldContents, "what can i ask you about": FieldContents,
		"where did the author study": FieldAuthorBio,
	} {
		if got, ok := classify(text); !ok || got.field != want {
			t.Errorf("%q: %v %v, want %s", text, got.field, ok, want)
		}
	}
}

// TestClassifyLookAlikes holds questions that are not about the front matter.
func TestClassifyLookAlikes(t *testing.T) {
	for _, text := range []string{
		"who should do it", "when did the study come out", "who were the researchers", "which journal did they cite",
		"how old should i be", "is it safe", "what year was the study published", "weather in chicago", "how long does it take",
		"who makes the best gloves", "do i need a doctor for this", "when should i do this", "what is this", "how do i date someone",
		"what does it do", "who invented it", "are doctors allowed to do this", "is this a sex thing or a doctor thing",
		"what are the contents of semen", "my doctor wrote me a note", "who wrote the study", "is it hard when you touch it", "who are the authors of that 2006 paper",
	} {
		if got, ok := classify(text); ok {
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
	if ans := ask("what is in here", Conversation{}); ans.Meta == nil || !strings.Contains(ans.Meta.Text, "Garden ponds") {
		t.Errorf("contents of the shelf: %+v", ans)
	}
}

func TestSmallTalk(t *testing.T) {
	for text, want := range map[string]bool{
		"hi": true, "hiii botty 👋": true, "thanks!!": true, "thank you so much": true, "good morning": true, "hello, good morning": true,
		"what can you do": true, "what can u do?": true, "help": true, "who are you": true, "are you a bot": true, "how does this work": true,
		"": true, "🙂": true,
		"is this good for you": false, "hello is it safe": false, "thanks, and how deep?": false, "what can it do": false,
		"how does it work on the prostate": false, "help my chest hurts": false, "good": false,
	} {
		if got := isSmallTalk(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
