package discord

import (
	"context"
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// What is said in channels where questions are answered although nobody called the
// bot, in forum posts, and in threads in which the bot was asked before. All of it
// needs the message content intent. There the bot is silent unless it is sure, leaves
// the moderators the last word, and does not say much.

// sure is how sure an answer must be that nobody asked the bot for; see render for
// what such a figure is worth.
const sure = 0.7

// overhear takes note of a message that was not said to the bot.
func (b *Bot) overhear(sh *shard, m *messageEvent) {
	p := place{m.Guild, m.Channel}
	if !b.content || m.Guild == "" || !b.listensIn(p, b.settingsOf(p)) {
		return // most messages: nothing more is looked at
	}
	q := b.askedByMessage(sh, m)
	q.unasked = true
	switch {
	case q.moderator:
		b.lurking.Moderated(q.channel, q.id)
	case b.listensTo(q) && b.recent.First(q.id):
		q.version = b.replies.Note(q.id)
		b.takeIn(sh, q)
	}
}

// takeIn adds a message to what its author is saying, in the order of Discord's
// events, and lets a worker wait for the rest.
func (b *Bot) takeIn(sh *shard, q asked) {
	u := b.lurking.Add(q.overheard())
	sh.run("overheard", func(ctx context.Context) { b.consider(ctx, q, u) })
}

// overheard is a question as a part of what its author is saying.
func (q asked) overheard() memory.Message[asked] {
	return memory.Message[asked]{ID: q.id, Channel: q.channel, User: q.user, Text: q.text, Received: q.received, Asked: q}
}

// listensTo reports whether a message may be answered although nobody called the bot.
func (b *Bot) listensTo(q asked) bool {
	switch {
	case !b.content || q.guild == "" || q.moderator || strings.TrimSpace(q.text) == "" || !b.listensIn(q.place, q.settings):
		return false
	case b.isPost(q.place, q.settings):
		return !b.isModerated(q) && // its first message has its id
			(q.id == q.channel || b.lurking.IsPending(q.channel, q.user) || b.talks.Alive(q.talk, ""))
	}
	return true
}

// listensIn reports whether questions may be answered unasked in a channel: in one that
// was chosen for it, in a thread of such, in a post of a forum that was, and in a thread
// in which the bot is in conversation. What was chosen counts once the moderators have
// gone through the first checklist.
func (b *Bot) listensIn(p place, s library.Settings) bool {
	if !s.Ready {
		s.AutoChannels, s.ForumChannels = nil, nil
	}
	info, _ := b.channels.find(p.channel)
	return slices.Contains(s.AutoChannels, p.channel) || info.parent != "" && (slices.Contains(s.AutoChannels, info.parent) ||
		slices.Contains(s.ForumChannels, info.parent) || b.talks.Alive(memory.ThreadKey(p.channel), ""))
}

// isPost reports whether a channel is a post of a forum in which posts are answered.
func (b *Bot) isPost(p place, s library.Settings) bool {
	info, _ := b.channels.find(p.channel)
	return info.parent != "" && slices.Contains(s.ForumChannels, info.parent)
}

// isModerated reports whether a question is left to the moderators: one of them spoke
// after it was asked, or ever in a forum post.
func (b *Bot) isModerated(q asked) bool {
	if b.isPost(q.place, q.settings) {
		return b.lurking.IsModerated(q.channel, "")
	}
	return b.lurking.IsModerated(q.channel, q.id)
}

// consider waits until the member has said all of it, and answers when it is a
// question to which there is an answer. A card waits for nothing.
func (b *Bot) consider(ctx context.Context, q asked, u *memory.Utterance[asked]) {
	if known, whole := b.screen(q); whole {
		b.lurking.Drop(q.channel, q.user)
		b.say(ctx, q, known)
		return
	}
	heard, ok := b.lurking.Settle(ctx, u, b.timing.Settle)
	if !ok {
		return // more came, or a moderator did
	}
	said := heard.Asked
	said.text = heard.Text
	if found, ok := b.judge(ctx, said, b.mayIntrude); ok {
		b.say(ctx, said, found)
	}
}

// judge returns what there is to say to something that was overheard, and whether
// there is anything. may is asked last whether an answer may be given.
func (b *Bot) judge(ctx context.Context, q asked, may func(asked) bool) (answer.Answer, bool) {
	known, whole := b.screen(q)
	if whole {
		return known, true
	}
	_, silent := b.silenced(ctx, q)
	if silent || !answer.AsksSomething(q.text) || !b.limits.AdmitUnasked(q.owner(), q.user, q.settings.DailyCap) {
		return cardsOf(known)
	}
	found := b.find(ctx, q, known)
	if !isSure(found) && !b.isAside(q, found) || !may(q) {
		return cardsOf(found)
	}
	return found, true
}

// mayIntrude reports whether an answer that nobody called for may be given now, and
// counts it.
func (b *Bot) mayIntrude(q asked) bool {
	return !b.isModerated(q) && b.replies.IsLatest(q.id, q.version) &&
		b.limits.ReplyUnasked(q.owner(), q.channel, q.user, q.settings.DailyCap)
}

// isSure reports whether an answer is good enough to be given unasked.
func isSure(a answer.Answer) bool {
	return a.Outcome == answer.Answered && a.Quote != nil && a.Confidence >= sure
}

// isAside reports whether an answer is what an article says of itself, such as who wrote
// it, in a conversation that it belongs to.
func (b *Bot) isAside(q asked, a answer.Answer) bool {
	return a.Outcome == answer.FromMeta && a.Meta != nil && b.talks.Alive(q.talk, "")
}

// say replies to the last message of what was overheard, unless it was edited or
// deleted meanwhile. A card is shown all the same.
func (b *Bot) say(ctx context.Context, q asked, a answer.Answer) {
	b.inTurn(ctx, q.id, func() {
		_, done := b.replies.Find(q.id)
		if !done && (a.Outcome == answer.CardOnly || b.replies.IsLatest(q.id, q.version)) {
			b.deliver(ctx, q, a, b.posting(q, "overheard"))
		}
	})
}
