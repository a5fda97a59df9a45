package discord

import (
	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
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

// lookOf is what a reply depends on beside the answer.
func (b *Bot) lookOf(q asked) render.Look {
	return render.Look{
		Today: article.DateOf(b.now().UTC()), StaleDays: q.settings.StaleDays, ShowReview: q.settings.ShowReview,
	}
}

// compose makes the message that an answer becomes, with its buttons.
func (b *Bot) compose(q asked, a answer.Answer, e *entry) api.Message {
	m := b.show(q, a)
	b.work.guard("buttons", func() { m.Rows = b.buttonsOf(q, a, e) })
	return api.Of(m)
}

// show renders an answer to a question. A panic in rendering becomes an apology.
func (b *Bot) show(q asked, a answer.Answer) render.Message {
	r := render.New(b.wordsFor(q))
	m := r.Sentence(locale.FailureBroken)
	b.work.guard("render", func() { m = b.rendered(r, q, a) })
	m.Ephemeral = m.Ephemeral || q.private
	return m
}

func (b *Bot) rendered(r *render.Renderer, q asked, a answer.Answer) render.Message {
	look := b.lookOf(q)
	look.Thread = q.thread && !b.content && !q.unasked && q.seenByAll() && !b.talks.alive(q.talk)
	look.Shared = q.shared
	switch {
	case q.message && q.guild != "" && a.Outcome == answer.CardOnly:
		return r.Brief(a, look)
	case q.message && q.guild != "" && isRestricted(a):
		return r.Veiled()
	}
	return r.Message(a, look)
}
