package discord

import (
	"context"
	"slices"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// What a guild's settings let the bot say. None of it applies to cards.

// refusal says why a question is not answered now, in which sentence, and when to ask
// again when a limit was reached.
type refusal struct {
	memory.Refusal // zero when the guild wants no answer

	notice locale.ID
}

// turnedAway reports whether a question is not answered, why, and when to ask again:
// because the guild wants no answer here, or because too much is asked.
func (b *Bot) turnedAway(ctx context.Context, q asked) (refusal, bool) {
	if notice, silent := b.silenced(ctx, q); silent {
		return refusal{notice: notice}, true
	}
	why, ok := b.limits.Admit(q.owner(), q.user, q.settings.DailyCap)
	return refusal{why, noticeOf(why.Over)}, !ok
}

// noticeOf is the sentence for a limit that was reached.
func noticeOf(over memory.Limit) locale.ID {
	switch over {
	case memory.GuildLimit:
		return locale.NoticeWaitServer
	case memory.DayLimit:
		return locale.NoticeWaitDay
	case memory.MemberLimit:
	}
	return locale.NoticeWait
}

// silenced reports whether the guild wants no answer here, and with which sentence
// one who used a command is told so.
func (b *Bot) silenced(ctx context.Context, q asked) (locale.ID, bool) {
	switch {
	case q.settings.Paused:
		return locale.NoticePaused, true
	case slices.Contains(q.settings.Blocked, q.user), isMuted(q.settings, q.user, b.now()):
		return locale.NoticeBlocked, true
	case crowded(ctx):
		return locale.FailureBusy, true
	case q.guild != "" && !b.answersIn(ctx, q):
		return locale.NoticeElsewhere, true
	}
	return "", false
}

// isMuted reports whether a member gets no answers for a while.
func isMuted(s library.Settings, user string, now time.Time) bool {
	return slices.ContainsFunc(s.Muted, func(m library.Mute) bool { return m.Member == user && now.Before(m.Until) })
}

// answersIn reports whether questions are answered in a channel. A thread counts as
// its parent; a channel that cannot be found out counts as none of the chosen ones.
func (b *Bot) answersIn(ctx context.Context, q asked) bool {
	if isChosen(q.settings, q.channel) {
		return true
	}
	parent := b.findChannel(ctx, q.channel).parent
	return parent != "" && isChosen(q.settings, parent)
}

// isChosen reports whether a guild wants answers in a channel: those in which it wants
// them unasked are among the others.
func isChosen(s library.Settings, channel string) bool {
	return len(s.AnswerChannels) == 0 || slices.Contains(s.AnswerChannels, channel) ||
		slices.Contains(s.AutoChannels, channel) || slices.Contains(s.ForumChannels, channel)
}

// cardsOf is the part of an answer that is shown whatever a guild decided, and
// whether there is any.
func cardsOf(known answer.Answer) (answer.Answer, bool) {
	return answer.Answer{
		Outcome: answer.CardOnly, Tier: known.Tier, Topics: known.Topics, Minor: known.Minor, Cards: known.Cards,
	}, len(known.Cards) > 0
}
