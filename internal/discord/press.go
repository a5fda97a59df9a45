package discord

import (
	"context"
	"errors"

	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/library"
)

// press does what a component or a modal is for. Its custom id says what, and is good
// only in the guild in which it was made.
func (b *Bot) press(ctx context.Context, v visit) {
	ok := false
	if b.sealer != nil && (b.reader != nil || b.moderators != nil) {
		v.token, ok = b.openToken(v.owner(), v.event.Data.CustomID)
	}
	if !ok || v.token.action == actModerate && v.token.on == "" {
		v.tell(ctx, locale.NoticeStale)
		return
	}
	switch v.token.action {
	case actModerate:
		b.moderate(ctx, v)
	case actHelplines:
		b.pressHelplines(ctx, v)
	case actPointer:
		b.pressPointer(ctx, v)
	case actOptOut:
		b.pressOptOut(ctx, v)
	case actExport:
		b.pressExport(ctx, v)
	case actErase:
		b.pressErase(ctx, v)
	case actHelpful, actNotHelpful, actReason, actRemove:
		b.pressRecord(ctx, v)
	default:
		b.pressReading(ctx, v)
	}
}

// pressRecord does what concerns a recorded answer and shows nothing of any article.
func (b *Bot) pressRecord(ctx context.Context, v visit) {
	p, ok := b.recordOf(ctx, v)
	if !ok {
		return
	}
	switch v.token.action {
	case actHelpful:
		b.pressHelpful(ctx, v, p)
	case actNotHelpful:
		b.pressNotHelpful(ctx, v, p)
	case actReason:
		b.pressReason(ctx, v, p)
	case actRemove:
		b.pressRemove(ctx, v, p)
	default:
		v.tell(ctx, locale.NoticeStale)
	}
}

// pressReading does what shows something of an article, where the guild lets it and
// as often as a member may ask.
func (b *Bot) pressReading(ctx context.Context, v visit) {
	if !b.letsRead(ctx, v) {
		return
	}
	switch v.token.action {
	case actOptIn:
		b.pressOptIn(ctx, v)
	case actHeading:
		b.pressHeading(ctx, v)
	case actArticles, actPage, actContents:
		b.pressArticle(ctx, v)
	case actCiteArticle, actCiteAs:
		b.pressCiteArticle(ctx, v)
	case actMore, actContext, actCite, actCiteStyle, actShare:
		if p, ok := b.recordOf(ctx, v); ok {
			b.pressQuote(ctx, v, p)
		}
	default:
		v.tell(ctx, locale.NoticeStale)
	}
}

// letsRead reports whether a member may be shown something of an article now, and says
// why when not. It is no question, so the cap on those of a day is not asked for.
func (b *Bot) letsRead(ctx context.Context, v visit) bool {
	q := v.asked
	q.settings.DailyCap = 0
	why, away := b.turnedAway(ctx, q)
	if away {
		v.refuse(ctx, why)
	}
	return !away
}

// pressQuote does what shows something of the article that an answer quotes.
func (b *Bot) pressQuote(ctx context.Context, v visit, p library.Posted) {
	if p.Quoted.Article == "" {
		v.tell(ctx, locale.NoticeStale)
		return
	}
	switch v.token.action {
	case actMore:
		b.pressMore(ctx, v, p)
	case actContext:
		b.pressContext(ctx, v, p)
	case actCite, actCiteStyle:
		b.pressCite(ctx, v, p)
	case actShare:
		b.pressShare(ctx, v, p)
	default:
		v.tell(ctx, locale.NoticeStale)
	}
}

// recordOf finds the record that a component is about. When there is none any more
// the member is told so, and it reports false.
func (b *Bot) recordOf(ctx context.Context, v visit) (library.Posted, bool) {
	if b.ledger == nil {
		v.tell(ctx, locale.NoticeStale)
		return library.Posted{}, false
	}
	p, err := fetch(ctx, v, func(ctx context.Context) (library.Posted, error) {
		return b.ledger.PostedByID(ctx, v.owner(), v.token.on)
	})
	switch {
	case errors.Is(err, article.ErrNotFound), err == nil && (v.misplaced(p) || b.expired(p)):
		v.tell(ctx, locale.NoticeStale)
	case err != nil:
		v.fail(ctx, "a recorded answer could not be read", err)
	default:
		return p, true
	}
	return library.Posted{}, false
}

// expired reports whether the guild's retention of a record is over: it may be there
// for a while until it is swept.
func (b *Bot) expired(p library.Posted) bool {
	return !p.Expires.IsZero() && !b.now().Before(p.Expires)
}

// misplaced reports whether a component stands on another message of the bot's than
// the answer that it is about. What was shown in private on its account is its own.
func (v visit) misplaced(p library.Posted) bool {
	return v.event.Message != nil && !v.inPrivate() && p.Message != "" && p.Message != v.event.Message.ID
}

// isAsker reports whether the member is the one whose question was answered.
func (v visit) isAsker(p library.Posted) bool {
	for _, who := range v.who {
		if who != "" && who == p.Asker {
			return true
		}
	}
	return false
}
