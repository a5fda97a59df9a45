package render

import (
	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// maxPassages is how many further passages one message shows.
const maxPassages = 3

// Passages renders further passages, at most three, each with its attribution. What
// does not fit is left out whole, and a sentence says so; without any passage one
// says that there is none.
func (r *Renderer) Passages(quotes []answer.Quote, look Look) Message {
	v := view{Words: r.words, look: look}
	page := newPage(v.tail()...)
	for _, q := range quotes[:min(maxPassages, len(quotes))] {
		page.try(v.quoteEmbed(q, ""))
	}
	if page.empty() && !page.cut {
		v.notice(page, "", v.Say(locale.NoticeNoMore, nil), "")
	}
	return Message{Embeds: page.finish(v.Say(locale.HintPassages, nil))}
}
