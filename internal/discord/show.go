package discord

import (
	"slices"

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
	if !isPointed(q, a) { // it says already what the button would
		b.work.guard("buttons", func() { m.Rows = b.buttonsOf(q, a, e) })
	}
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
	look.Thread = q.thread && !b.content && !q.unasked && q.seenByAll() && !b.talks.Alive(q.talk, q.id)
	look.Shared, look.Changed = q.shared, q.outdated
	switch {
	case isBrief(q, a):
		return r.Brief(a, look)
	case isRestricted(a) && b.canAgree(q):
		return disclaimed(r, a, r.Confirm())
	case isPointed(q, a):
		return disclaimed(r, a, b.pointer(q))
	case isRestricted(a) && q.seenByAll():
		return disclaimed(r, a, r.Veiled())
	}
	return r.Message(a, look)
}

// isBrief reports whether the cards of a reply are shown in short: where others see
// them whom nobody asked.
func isBrief(q asked, a answer.Answer) bool {
	has := func(one answer.Answer) bool { return len(one.Cards) > 0 }
	return q.message && q.guild != "" && (has(a) || slices.ContainsFunc(a.Parts, has))
}

// isPointed reports whether a reply says to one member of a guild where they can ask.
func isPointed(q asked, a answer.Answer) bool {
	return isRestricted(a) && q.guild != "" && q.private
}

// disclaimed puts the disclaimer of an answer, if it has one, before what is said in
// its place.
func disclaimed(r *render.Renderer, a answer.Answer, m render.Message) render.Message {
	if a.Disclaimer != nil {
		before := r.Message(answer.Answer{Outcome: a.Outcome, Tier: a.Tier, Disclaimer: a.Disclaimer}, render.Look{})
		m.Embeds = append(before.Embeds, m.Embeds...)
	}
	return m
}
