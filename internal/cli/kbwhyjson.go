package cli

import (
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// jsonWhy is what kb why --json prints; keys are added, never renamed.
type jsonWhy struct {
	Question    string           `json:"question"`
	Tier        safety.Tier      `json:"tier"`
	Minor       bool             `json:"minor"`
	Topics      []jsonTopicMatch `json:"topics"`
	Own         []string         `json:"own"` // those topics that are the server's own
	Kind        string           `json:"kind,omitempty"`
	Words       []jsonWord       `json:"words"`
	Passages    []jsonPassage    `json:"passages"`
	Score       float64          `json:"score"`
	Needed      float64          `json:"needed"`
	Preferences []jsonPreferred  `json:"preferences"`
	Answer      jsonAnswer       `json:"answer"`
}

type jsonWord struct {
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
	Known  bool    `json:"known"` // an article has it, or a word for it
}

// jsonPassage is a passage that was found, also one line of kb search --json.
type jsonPassage struct {
	Place    string     `json:"place"` // as --right and --quote take it
	Article  string     `json:"article"`
	Title    string     `json:"title"`
	Section  string     `json:"section,omitempty"`
	Revision string     `json:"revision"`
	Start    int        `json:"start"`
	End      int        `json:"end"`
	Excerpt  string     `json:"excerpt"`
	Score    float64    `json:"score"`
	Parts    []jsonPart `json:"parts"`
}

type jsonPart struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Points float64 `json:"points"`
}

type jsonPreferred struct {
	ID       string  `json:"id"`
	Question string  `json:"question"`
	Article  string  `json:"article,omitempty"` // absent when nothing is to be quoted
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Alike    float64 `json:"alike"`
	Applied  bool    `json:"applied"`
}

func whyJSON(question string, e bench.Explanation) jsonWhy {
	out := jsonWhy{
		Question: question, Tier: e.Triage.Tier, Minor: e.Triage.Minor, Topics: []jsonTopicMatch{}, Own: texts(e.Guild), Kind: e.Kind,
		Words: []jsonWord{}, Passages: []jsonPassage{}, Score: e.Score, Needed: e.Needed, Preferences: []jsonPreferred{}, Answer: answerJSON(e.Answer),
	}
	for _, m := range e.Triage.Matches {
		out.Topics = append(out.Topics, jsonTopicMatch{ID: m.Topic, Tier: m.Tier, Quote: m.Quote, Rule: m.Rule, View: m.View, Matched: m.Matched})
	}
	for _, w := range e.Words {
		out.Words = append(out.Words, jsonWord(w))
	}
	for _, p := range e.Passages {
		out.Passages = append(out.Passages, passageJSON(p))
	}
	for _, a := range e.Preferred {
		p := a.Preference
		out.Preferences = append(out.Preferences, jsonPreferred{a.ID, p.Question, p.Article, p.Start, p.End, a.Alike, a.Applied})
	}
	return out
}

func passageJSON(p bench.ExplainedPassage) jsonPassage {
	out := jsonPassage{
		Place: placeText(p.Place), Article: p.Place.Article, Title: p.Title, Section: p.Section, Revision: string(p.Place.Revision),
		Start: p.Place.Start, End: p.Place.End, Excerpt: p.Excerpt, Score: p.Score, Parts: []jsonPart{},
	}
	for _, part := range p.Parts {
		out.Parts = append(out.Parts, jsonPart(part))
	}
	return out
}
