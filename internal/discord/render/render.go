// Package render turns an answer, and all else that members see, into one Discord
// message. It is pure: the same answer and the same [Look] give the same message, and
// nothing is looked up.
//
// Invariants:
//   - every message is within Discord's limits, whatever the answer holds;
//   - a quote is shown whole or not at all, and what is shown, without the bold
//     marks around the sentence that answers, is by [Unescape] the quote, byte
//     for byte; what stands around a quote is cut at a sentence or a word, and marked;
//   - nothing that came from an article, a card or a member is read as Markdown,
//     nothing can ping, and no address unfolds into a preview; a citation is code, and
//     cannot end the block that it stands in;
//   - controls of the direction of text stay where a quote has them, and a quote
//     stands on lines of its own, so that they turn nothing else around;
//   - cards come first, then the disclaimer, and neither is dropped for want of
//     room while anything after it is kept;
//   - no meaning is carried by colour alone: every embed says in words what it is,
//     and its text in plain order is what a screen reader reads.
package render

import (
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// Message is what is shown in reply. It holds no mention permissions because
// there are none to give: whoever sends it allows none.
type Message struct {
	Embeds []Embed
	Rows   []Row // at most five, below the embeds
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
	Image       *Image  `json:"image,omitempty"`

	whole bool // holds a quote, so it is shown whole or not at all
}

// Footer is the small print of an embed.
type Footer struct {
	Text string `json:"text"`
}

// Image is a picture in an embed.
type Image struct {
	URL string `json:"url"` // "attachment://" and the name of a file of the message
}

// Renderer renders answers in one language. It is not changed after New, is safe
// for concurrent use, and costs nothing to make.
type Renderer struct{ words *locale.Words }

// New returns a renderer that takes its fixed words from words.
func New(words *locale.Words) *Renderer { return &Renderer{words} }

// Message renders a whole answer: all cards, then the disclaimer, then the body
// of the answer and of each of its parts. When a card of tier emergency or
// crisis is shown, nothing else is.
func (r *Renderer) Message(a answer.Answer, look Look) Message {
	m := view{Words: r.words, look: look}.compose(a, cards)
	m.Ephemeral = private(wholes(a))
	return m
}

// compose renders an answer with its cards in the form that show gives them.
func (v view) compose(a answer.Answer, show func(*page, []answer.Answer)) Message {
	all := wholes(a)
	if cardsOnly(all) {
		page := newPage()
		show(page, all)
		return v.finish(page, a)
	}
	page := newPage(v.tail()...)
	show(page, all)
	disclaimers(page, all)
	for _, one := range all {
		v.body(page, one)
	}
	if a.Unasked > 0 {
		v.notice(page, "", v.Say(locale.HintUnasked, nil), "")
	}
	return v.finish(page, a)
}

// wholes returns an answer and its parts.
func wholes(a answer.Answer) []answer.Answer { return append([]answer.Answer{a}, a.Parts...) }

// finish makes a message of a page, which always shows something.
func (v view) finish(page *page, a answer.Answer) Message {
	if page.empty() {
		v.notice(page, "", bare(a.Notice, v.Say(locale.FailureBroken, nil)), "")
	}
	return Message{Embeds: page.finish(v.Say(locale.HintCut, nil))}
}

// Sentence renders one fixed sentence of the catalogue, which has no placeholders.
func (r *Renderer) Sentence(id locale.ID) Message { return r.Text(r.words.Say(id, nil)) }

// Text renders a plain text, such as a sentence of the catalogue whose placeholders
// are filled.
func (r *Renderer) Text(text string) Message {
	return Message{Embeds: []Embed{{Description: fit(text, maxDescription), Color: Neutral}}}
}

func cards(page *page, all []answer.Answer) {
	for _, one := range all {
		for _, c := range one.Cards {
			page.must(cardEmbed(c.Title, c.Action, c.Bullets, c.Note, styleOf(one.Tier.String()).color))
		}
	}
}

func disclaimers(page *page, all []answer.Answer) {
	for _, one := range all {
		if d := one.Disclaimer; d != nil {
			page.must(cardEmbed(d.Title, d.Action, d.Bullets, d.Note, styleOf("safety").color))
		}
	}
}

// cardsOnly reports whether the answer, or a part of it, forbids all but cards.
func cardsOnly(all []answer.Answer) bool {
	return slices.ContainsFunc(all, func(one answer.Answer) bool { return styleOf(one.Tier.String()).cardsOnly })
}

// private reports whether the answer, or a part of it, is for the asker alone.
func private(all []answer.Answer) bool {
	return slices.ContainsFunc(all, func(one answer.Answer) bool { return styleOf(one.Tier.String()).private })
}

// bare returns the first text of which something is shown.
func bare(texts ...string) string {
	for _, text := range texts {
		if strings.TrimSpace(undirected(text)) != "" {
			return text
		}
	}
	return ""
}
