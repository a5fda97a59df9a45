package discord

import (
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// wordsFor returns the words of a reply: in the asker's own language when nobody else
// sees it, else in the guild's.
func (b *Bot) wordsFor(q asked) *locale.Words {
	if q.private {
		return b.words.For(q.language, q.settings.Language)
	}
	return b.words.For(q.settings.Language)
}

// show renders an answer to a question. A panic in rendering becomes an apology.
func (b *Bot) show(q asked, a answer.Answer) render.Message {
	r := render.New(b.wordsFor(q))
	m := r.Sentence(locale.FailureBroken)
	look := render.Look{
		Today: article.DateOf(time.Now().UTC()), StaleDays: q.settings.StaleDays, ShowReview: q.settings.ShowReview,
	}
	b.work.guard("render", func() { m = r.Message(a, look) })
	m.Ephemeral = m.Ephemeral || q.private
	return m
}
