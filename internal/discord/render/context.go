package render

import (
	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// Around is a quote with what stands before and after it in its section.
type Around struct {
	Quote         answer.Quote
	Before, After string
}

// Context renders a quote in bold between what stands before and after it in its
// section, for one reader. The text around is cut at a sentence, or at a word, where
// it is too long; the quote never is.
func (r *Renderer) Context(q answer.Quote, before, after string, look Look) Message {
	v := view{Words: r.words, look: look}
	page := newPage(v.tail()...)
	page.try(v.around(Around{q, before, after}, "", maxDescription))
	return Message{Embeds: page.finish(v.Say(locale.HintPassages, nil)), Ephemeral: true}
}

// roomThen is what the text as it was quoted may take where it stands beside the text as
// it is now, unless the quote alone takes more.
const roomThen = 2000

// ThenAndNow renders Context of a quote as it was, and below it of what the article says
// in its place now, or that it does not say it any more when now is nil.
func (r *Renderer) ThenAndNow(then Around, now *Around, look Look) Message {
	v := view{Words: r.words, look: look}
	page := newPage(v.tail()...)
	page.try(v.around(then, "", roomThen))
	v.look.Changed, v.look.Withdrawn, v.look.Retracted = false, false, false
	if now == nil {
		v.notice(page, "", v.Say(locale.NoticeUnsaid, nil), "")
	} else {
		page.try(v.around(*now, v.Say(locale.NoticeNow, nil), roomThen))
	}
	return Message{Embeds: page.finish(v.Say(locale.HintPassages, nil)), Ephemeral: true}
}

// around shows a quote within what stands around it, in so many characters.
func (v view) around(a Around, intro string, room int) Embed {
	if intro != "" {
		intro = Escape(intro) + "\n"
	}
	return v.quoting(a.Quote, intro, func(limit int) string {
		return amid(a.Quote.Text, a.Before, a.After, min(limit, room))
	})
}
