package render

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// Brief renders an answer for everybody to see, in reply to a mention: of each card
// its title, the one thing to do and the small print, with a sentence about the
// button that shows the rest in private. An answer without cards is that of Message.
func (r *Renderer) Brief(a answer.Answer, look Look) Message {
	if !hasCards(a) {
		return r.Message(a, look)
	}
	hint := Escape(r.words.Say(locale.HintHelplines, nil))
	return view{Words: r.words, look: look}.compose(a, func(page *page, all []answer.Answer) { briefly(page, all, hint) })
}

func hasCards(a answer.Answer) bool {
	for _, one := range wholes(a) {
		if len(one.Cards) > 0 {
			return true
		}
	}
	return false
}

// briefly shows each card once and without its list, the last with a hint below.
func briefly(page *page, all []answer.Answer, hint string) {
	var short []Embed
	seen := make(map[string]bool)
	for _, one := range all {
		for _, c := range one.Cards {
			e := cardEmbed(c.Title, c.Action, nil, c.Note, styleOf(one.Tier.String()).color)
			if key := e.Title + "\x00" + e.Description; !seen[key] {
				seen[key] = true
				short = append(short, e)
			}
		}
	}
	for i, e := range short {
		if i == len(short)-1 {
			e.Description = strings.TrimPrefix(e.Description+"\n"+hint, "\n")
		}
		page.must(e)
	}
}

// Cards renders the cards of an answer in full and nothing else, for one reader.
func (r *Renderer) Cards(a answer.Answer) Message {
	page := newPage()
	cards(page, wholes(a))
	m := view{Words: r.words}.finish(page, answer.Answer{})
	m.Ephemeral = true
	return m
}
