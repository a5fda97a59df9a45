package discord

import (
	"context"
	"slices"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// miss keeps a question that the articles do not answer, where the guild asked for that:
// without what may say who asked it, and with no more than the day. Nothing waits for it.
func (b *Bot) miss(q asked, a answer.Answer) {
	if !b.keepsGaps(q) || !isMissed(q, a) {
		return
	}
	b.work.run("gap", func(ctx context.Context) {
		m := library.Missed{ID: b.newID(), Text: bench.Redact(q.text), At: b.now().UTC().Truncate(24 * time.Hour)}
		if m.Text == "" {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, recordLimit)
		defer cancel()
		if err := aside(ctx, b.guarding("gaps", func(ctx context.Context) error { return b.gaps.Miss(ctx, q.guild, m) })); err != nil {
			b.log.Warn("a question without an answer could not be kept", "error", err)
		}
	})
}

// keepsGaps reports whether questions without an answer are kept where somebody is.
func (b *Bot) keepsGaps(q asked) bool { return b.gaps != nil && q.guild != "" && q.settings.Gaps }

// isMissed reports whether a question may be kept: one that was put to the bot itself, by
// who wrote it, and to no part of which there is an answer. One that is more
// than a question of safety is never kept, nor one by somebody who says to be a minor.
func isMissed(q asked, a answer.Answer) bool {
	return !q.unasked && !q.lent && !slices.ContainsFunc(append([]answer.Answer{a}, a.Parts...), func(one answer.Answer) bool {
		return one.Outcome != answer.Abstained || one.Reason != answer.Unanswered || one.Tier > safety.TierSafety ||
			one.Minor || len(one.Cards) > 0
	})
}
