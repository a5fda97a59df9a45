package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// jsonAnswer is the contract that scripts depend on: keys are added, never
// renamed or removed. Outcome and tier are always there; what is absent is omitted.
type jsonAnswer struct {
	ID          json.RawMessage `json:"id,omitempty"`
	Turn        *int            `json:"turn,omitempty"`
	Outcome     string          `json:"outcome"`
	Tier        string          `json:"tier"`
	Topics      []string        `json:"topics,omitempty"`
	Disclaimer  string          `json:"disclaimer,omitempty"`
	Card        string          `json:"card,omitempty"`
	Meta        *jsonMeta       `json:"meta,omitempty"`
	Quote       *jsonQuote      `json:"quote,omitempty"`
	Contradicts []jsonQuote     `json:"contradicts,omitempty"` // what another article says against quote
	Confidence  *float64        `json:"confidence,omitempty"`
	Best        *jsonQuote      `json:"best,omitempty"`
	More        []jsonQuote     `json:"more,omitempty"`
	Nearest     []jsonHeading   `json:"nearest,omitempty"`
	Parts       []jsonAnswer    `json:"parts,omitempty"`
}

type jsonMeta struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

type jsonQuote struct {
	Text        string          `json:"text"`
	Decisive    *jsonRange      `json:"decisive,omitempty"` // absent when the text is one sentence
	Article     string          `json:"article"`
	Title       string          `json:"title"`
	Section     string          `json:"section,omitempty"`
	Author      string          `json:"author"`
	AuthorBio   string          `json:"author_bio,omitempty"`
	Updated     string          `json:"updated"`
	AdaptedFrom *jsonAdaptation `json:"adapted_from,omitempty"`
	SourceURL   string          `json:"source_url,omitempty"`
	Revision    string          `json:"revision"`
	Start       int             `json:"start"`
	End         int             `json:"end"`
}

// jsonRange is a range of bytes of the text beside it.
type jsonRange struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type jsonAdaptation struct {
	Title   string `json:"title,omitempty"`
	Author  string `json:"author,omitempty"`
	Updated string `json:"updated,omitempty"`
	URL     string `json:"url,omitempty"`
}

type jsonHeading struct {
	Article string `json:"article"`
	Title   string `json:"title,omitempty"`
	Section string `json:"section,omitempty"`
}

func answerJSON(ans answer.Answer) jsonAnswer {
	out := jsonAnswer{
		Outcome: string(ans.Outcome), Tier: ans.Tier.String(), Topics: ans.Topics, Card: cardsText(ans.Cards),
		Quote: quoteJSON(ans.Quote), Best: quoteJSON(ans.Best),
	}
	if ans.Disclaimer != nil {
		out.Disclaimer = ans.Disclaimer.String()
	}
	if ans.Meta != nil {
		out.Meta = &jsonMeta{Field: string(ans.Meta.Field), Text: ans.Meta.Text}
	}
	if ans.Outcome != answer.CardOnly && ans.Outcome != answer.Help {
		out.Confidence = &ans.Confidence
	}
	out.Contradicts, out.More = quotesJSON(ans.Contradicts), quotesJSON(ans.More)
	for _, h := range ans.Nearest {
		out.Nearest = append(out.Nearest, jsonHeading{h.Article, h.Title, h.Section})
	}
	for _, part := range ans.Parts {
		out.Parts = append(out.Parts, answerJSON(part))
	}
	return out
}

func cardsText(cards []safety.Card) string {
	texts := make([]string, len(cards))
	for i, c := range cards {
		texts[i] = c.String()
	}
	return strings.Join(texts, "\n\n")
}

func quotesJSON(quotes []answer.Quote) []jsonQuote {
	var out []jsonQuote
	for i := range quotes {
		out = append(out, *quoteJSON(&quotes[i]))
	}
	return out
}

func quoteJSON(q *answer.Quote) *jsonQuote {
	if q == nil {
		return nil
	}
	return &jsonQuote{
		Text: q.Text, Decisive: decisiveJSON(q), Article: q.Article, Title: q.Title, Section: q.Section,
		Author: q.Author, AuthorBio: q.AuthorBio, Updated: q.Updated.String(),
		AdaptedFrom: adaptationJSON(q.AdaptedFrom), SourceURL: q.SourceURL,
		Revision: string(q.Span.Revision), Start: q.Span.Start, End: q.Span.End,
	}
}

func decisiveJSON(q *answer.Quote) *jsonRange {
	d, ok := q.DecisiveIn()
	if !ok {
		return nil
	}
	return &jsonRange{d.Start, d.End}
}

func adaptationJSON(a *article.Adaptation) *jsonAdaptation {
	if a == nil {
		return nil
	}
	return &jsonAdaptation{Title: a.Title, Author: a.Author, Updated: a.Updated.String(), URL: a.URL}
}

// writeJSON writes one value on one line, with < > & as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
