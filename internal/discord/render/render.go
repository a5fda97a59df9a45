// Package render turns an answer into one Discord message. It is pure: the same
// answer gives the same message, and nothing is looked up.
//
// Invariants:
//   - every message is within Discord's limits, whatever the answer holds;
//   - a quote is shown whole or not at all, and what is shown, without the bold
//     marks around the sentence that answers, is by [Unescape] the quote, byte
//     for byte;
//   - nothing that came from an article, a card or a member is read as Markdown,
//     and nothing can ping;
//   - cards come first, then the disclaimer, and neither is dropped for want of
//     room while anything after it is kept;
//   - no meaning is carried by colour alone: every embed says in words what it is.
package render

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// Message is what is shown in reply. It holds no mention permissions because
// there are none to give: whoever sends it allows none.
type Message struct {
	Embeds []Embed
	// Ephemeral asks for a reply that only the asker sees, where Discord can.
	Ephemeral bool
}

// Embed is Discord's embed object, as far as it is used. Title and Description
// are Discord Markdown, Footer is plain text.
//
// Source: https://discord.com/developers/docs/resources/message#embed-object
type Embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Color       int     `json:"color,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`

	whole bool // holds a quote, so it is shown whole or not at all
}

// Footer is the small print of an embed.
type Footer struct {
	Text string `json:"text"`
}

// Renderer renders answers in one language. It is not changed after New and is
// safe for concurrent use.
type Renderer struct{ words *locale.Words }

// New returns a renderer that takes its fixed words from words.
func New(words *locale.Words) *Renderer { return &Renderer{words} }

// Message renders a whole answer: all cards, then the disclaimer, then the body
// of the answer and of each of its parts. When a card of tier emergency or
// crisis is shown, nothing else is.
func (r *Renderer) Message(a answer.Answer) Message {
	all := append([]answer.Answer{a}, a.Parts...)
	page := newPage()
	cardsOnly := false
	for _, one := range all {
		style := styleOf(one.Tier.String())
		for _, c := range one.Cards {
			page.must(cardEmbed(c.Title, c.Action, c.Bullets, c.Note, style.color))
		}
		cardsOnly = cardsOnly || style.cardsOnly
	}
	if !cardsOnly {
		r.disclaimers(page, all)
		for _, one := range all {
			r.body(page, one)
		}
		if a.Unasked > 0 {
			r.notice(page, "", r.words.Say(locale.HintUnasked, nil), "")
		}
	}
	if page.empty() {
		r.notice(page, "", bare(a.Notice, r.words.Say(locale.FailureBroken, nil)), "")
	}
	return Message{Embeds: page.finish(r.words.Say(locale.HintCut, nil)), Ephemeral: private(all)}
}

// Sentence renders one fixed sentence of the catalogue.
func (r *Renderer) Sentence(id locale.ID) Message {
	return Message{Embeds: []Embed{{Description: Escape(r.words.Say(id, nil)), Color: neutral}}}
}

func (r *Renderer) disclaimers(page *page, all []answer.Answer) {
	for _, one := range all {
		if d := one.Disclaimer; d != nil {
			page.must(cardEmbed(d.Title, d.Action, d.Bullets, d.Note, styleOf("safety").color))
		}
	}
}

// private reports whether the answer, or a part of it, is for the asker alone.
func private(all []answer.Answer) bool {
	for _, one := range all {
		if styleOf(one.Tier.String()).private {
			return true
		}
	}
	return false
}

// bare returns the first text that is not empty.
func bare(texts ...string) string {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}
