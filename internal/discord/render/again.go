package render

import (
	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// Fate is what became of a posted answer.
type Fate uint8

// The fates. Of those up to Retracted the quote is shown as it was, of the next two
// another quote is, and of the rest none.
const (
	Stands    Fate = iota // nothing
	Changed               // its article reads otherwise
	Withdrawn             // its article is not quoted any more
	Retracted             // a moderator found it wrong
	Renewed               // the quote is what the article says now
	Corrected             // the quote is what a moderator found to be right
	Gone                  // the quote went with its article
	Wrong                 // the quote went because a moderator found it wrong
	Lost                  // the quote went because nobody knows any more what it said
)

// Again renders an answer once more, after something became of it: its disclaimer and
// its cards as ever, and the rest as its fate wants it. beside says that what is said
// against the quote was changed since.
func (r *Renderer) Again(a answer.Answer, fate Fate, beside bool, look Look) Message {
	look.Changed, look.Withdrawn, look.Retracted = fate == Changed, fate == Withdrawn, fate == Retracted
	v := view{Words: r.words, look: look, beside: beside}
	switch fate {
	case Renewed:
		v.intro = v.Say(locale.NoticeRenewed, nil)
	case Corrected:
		v.intro = v.Say(locale.NoticeCorrected, nil)
	case Gone, Wrong, Lost:
		a.Quote, a.Contradicts, a.More = nil, nil, nil
		a.Notice = v.Say(fate.sentence(), nil)
	default: // it is shown as it was
	}
	return v.compose(a, cards)
}

// Mark is what stands above a message that cannot be rendered again, as plain text: ""
// where there is nothing to say.
func (r *Renderer) Mark(fate Fate) string {
	id := fate.sentence()
	if id == "" {
		return ""
	}
	return boldMark + Escape(r.words.Say(id, nil)) + boldMark
}

// sentence says what became of an answer without another quote in its place.
func (f Fate) sentence() locale.ID {
	return map[Fate]locale.ID{
		Changed: locale.NoticeChanged, Renewed: locale.NoticeChanged, Withdrawn: locale.NoticeWithdrawn, Gone: locale.NoticeGone,
		Retracted: locale.NoticeRetracted, Corrected: locale.NoticeRetracted, Wrong: locale.NoticeRetracted, Lost: locale.NoticeLost,
	}[f]
}
