package discord

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/api"
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
	if !b.content || m.Guild == "" {
		return
	}
	q := b.askedByMessage(sh, m)
	q.unasked = true
	if q.moderator {
		b.lurking.moderated(m.Channel, b.now())
		return
	}
	if !b.listensTo(q, m) || !b.recent.first(m.ID) {
		return
	}
	sh.run("overheard", func(ctx context.Context) { b.consider(ctx, q) })
}

// listensTo reports whether a message may be answered although nobody called the bot.
func (b *Bot) listensTo(q asked, m *messageEvent) bool {
	info, known := b.channels.find(q.channel)
	auto := q.settings.AutoChannels
	switch {
	case strings.TrimSpace(q.text) == "":
		return false
	case slices.Contains(auto, q.channel), info.parent != "" && slices.Contains(auto, info.parent):
		return true
	case known && info.parent != "" && slices.Contains(q.settings.ForumChannels, info.parent):
		return m.ID == m.Channel || b.lurking.isPending(q.channel, q.user) || b.talks.alive(q.talk) // its first message has its id
	}
	return q.thread && b.talks.alive(q.talk)
}

// consider waits until the member has said all of it, and answers when it is a
// question to which there is an answer. A card waits for nothing.
func (b *Bot) consider(ctx context.Context, q asked) {
	if known, whole := b.screen(q); whole {
		b.lurking.drop(q.channel, q.user)
		b.say(ctx, q, known)
		return
	}
	whole, ok := b.lurking.settle(ctx, q, b.timing.Settle)
	if !ok {
		return // more came, or a moderator did
	}
	if _, silent := b.silenced(ctx, whole); silent {
		b.sayCards(ctx, whole)
		return
	}
	known, done := b.screen(whole)
	switch {
	case done:
		b.say(ctx, whole, known)
	case !answer.AsksSomething(whole.text) || !b.mayIntrude(whole):
		b.sayCards(ctx, whole)
	default:
		b.answerUnasked(ctx, whole, known)
	}
}

// mayIntrude takes a question from what a member may ask, without a word when there
// is nothing left.
func (b *Bot) mayIntrude(q asked) bool {
	_, ok := b.limits.admit(q.owner(), q.user, q.settings.DailyCap)
	return ok
}

func (b *Bot) answerUnasked(ctx context.Context, q asked, known answer.Answer) {
	a := b.begin(ctx, q, known)
	defer a.cancel()
	found := a.await()
	if isSure(found) && !b.lurking.isModerated(q.channel, q.received) && b.limits.unasked(q.channel) {
		b.say(ctx, q, found)
		return
	}
	if cards, ok := cardsOf(found); ok {
		b.say(ctx, q, cards)
	}
}

// isSure reports whether an answer is good enough to be given unasked.
func isSure(a answer.Answer) bool {
	return a.Outcome == answer.Answered && a.Quote != nil && a.Confidence >= sure
}

// sayCards shows the cards of a question that is not answered.
func (b *Bot) sayCards(ctx context.Context, q asked) {
	known, _ := b.screen(q)
	if cards, ok := cardsOf(known); ok {
		b.say(ctx, q, cards)
	}
}

// say replies to the last message of what was overheard.
func (b *Bot) say(ctx context.Context, q asked, a answer.Answer) {
	unlock, ok := b.replies.lock(ctx, q.id)
	if !ok {
		return
	}
	defer unlock()
	b.deliver(ctx, q, a, delivery{via: "overheard", send: func(ctx context.Context, m api.Message) (string, error) {
		m.Reply, m.Nonce = q.id, q.id
		return b.rest.Post(ctx, q.channel, m)
	}})
}

// lurking holds what is being said in channels where the bot listens. It is safe for
// concurrent use.
type lurking struct {
	mu      sync.Mutex
	pending map[speaker]*utterance
	last    map[string]time.Time // by channel: when a moderator last spoke
}

type speaker struct{ channel, user string }

// utterance is what a member says in several messages.
type utterance struct {
	texts    []string
	messages []string      // their ids
	changed  chan struct{} // closed when there is more of it, or it is not waited for any more
}

func newLurking() *lurking {
	return &lurking{pending: make(map[speaker]*utterance), last: make(map[string]time.Time)}
}

// maxUtterance is how many messages are taken together.
const maxUtterance = 10

// settle adds a message to what its author is saying, and waits whether more comes.
// It returns all of it, as asked by the last message; it reports false when more
// came, for which somebody else waits, or when it is not to be answered any more.
func (l *lurking) settle(ctx context.Context, q asked, limit time.Duration) (asked, bool) {
	u := l.add(q)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-u.changed:
		return q, false
	case <-ctx.Done():
		return q, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pending[speaker{q.channel, q.user}] != u {
		return q, false
	}
	delete(l.pending, speaker{q.channel, q.user})
	q.text = strings.Join(u.texts, "\n")
	return q, true
}

func (l *lurking) add(q asked) *utterance {
	l.mu.Lock()
	defer l.mu.Unlock()
	who := speaker{q.channel, q.user}
	u := &utterance{changed: make(chan struct{})}
	if before := l.pending[who]; before != nil {
		close(before.changed)
		u.texts, u.messages = before.texts, before.messages
	}
	u.texts, u.messages = append(slices.Clone(u.texts), q.text), append(slices.Clone(u.messages), q.id)
	u.texts, u.messages = u.texts[max(0, len(u.texts)-maxUtterance):], u.messages[max(0, len(u.messages)-maxUtterance):]
	l.pending[who] = u
	return u
}

// isPending reports whether a member is saying something.
func (l *lurking) isPending(channel, user string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pending[speaker{channel, user}] != nil
}

// drop gives up what a member is saying.
func (l *lurking) drop(channel, user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cancel(speaker{channel, user})
}

// dropMessage gives up what a message belongs to.
func (l *lurking) dropMessage(message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for who, u := range l.pending {
		if slices.Contains(u.messages, message) {
			l.cancel(who)
		}
	}
}

// cancel gives up one utterance. The caller holds mu.
func (l *lurking) cancel(who speaker) {
	if u := l.pending[who]; u != nil {
		close(u.changed)
		delete(l.pending, who)
	}
}

// moderatedFor is how long a moderator's word in a channel keeps the bot from
// answering what was said before it.
const moderatedFor = time.Hour

// moderated notes that a moderator spoke in a channel, and gives up what others were
// saying there.
func (l *lurking) moderated(channel string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for who := range l.pending {
		if who.channel == channel {
			l.cancel(who)
		}
	}
	for c, when := range l.last {
		if at.Sub(when) > moderatedFor {
			delete(l.last, c)
		}
	}
	l.last[channel] = at
}

// isModerated reports whether a moderator spoke in a channel since a moment.
func (l *lurking) isModerated(channel string, since time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last[channel].After(since)
}
