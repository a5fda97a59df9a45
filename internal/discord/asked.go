package discord

import (
	"cmp"
	"strings"
	"time"

	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// place is where a question was asked.
type place struct{ guild, channel string }

// owner is for whom things are kept: the guild, or [library.Direct].
func (p place) owner() string { return cmp.Or(p.guild, library.Direct) }

// asked is a question as it arrived, or anything else that a member did.
type asked struct {
	place
	id        string   // of the message, or of the interaction
	user      string   // who asked; never kept or logged
	who       []string // keyed MACs that stand for who asked, the one for new records first
	moderator bool     // who asked moderates the guild
	text      string
	received  time.Time
	shard     *shard           // on which it arrived
	settings  library.Settings // of the guild, as of its arrival
	private   bool             // nobody but the asker sees the reply
	message   bool             // it is a message, so the reply cannot be private, but in direct messages
	unasked   bool             // nobody called the bot: it is silent unless it is sure
	shared    bool             // it is the reply to another question, shared by who asked that
	lent      bool             // who asked lent it from somebody else, by the menu of a message
	outdated  bool             // what it quotes was changed since it was asked
	language  string           // of the asker's client, where Discord says so
	talk      string           // the conversation that it goes on with; empty for none
	thread    bool             // it was asked in a thread
	edited    string           // when the message was edited last, "" for never
	version   uint64           // of the message, see [memory.Replies]
}

// asker is the keyed MAC that new records get, "" when there is none.
func (q asked) asker() string {
	if len(q.who) == 0 {
		return ""
	}
	return q.who[0]
}

// seenByAll reports whether the reply is seen by others than the asker.
func (q asked) seenByAll() bool { return !q.private && q.guild != "" }

func (b *Bot) askedByInteraction(sh *shard, i *interactionEvent) asked {
	q := asked{
		place: place{i.Guild, i.Channel}, id: i.ID, user: i.user(), received: time.Now(), shard: sh, language: i.Locale,
	}
	q.settings = b.settingsOf(q.place)
	q.who = b.askers(q.owner(), q.user)
	q.moderator = b.moderates(i.Guild, q.user, i.Member, q.settings)
	b.placeTalk(&q)
	return q
}

func (b *Bot) askedByMessage(sh *shard, m *messageEvent) asked {
	q := asked{
		place: place{m.Guild, m.Channel}, id: m.ID, user: m.Author.ID, text: b.withoutMention(m.Content),
		received: time.Now(), shard: sh, message: true, edited: m.Edited,
	}
	q.settings = b.settingsOf(q.place)
	q.who = b.askers(q.owner(), q.user)
	q.moderator = b.moderates(m.Guild, q.user, m.Member, q.settings)
	b.placeTalk(&q)
	if m.ID == m.Channel { // the first message of a post in a forum
		info, _ := b.channels.find(m.Channel)
		q.text = strings.TrimSpace(info.name + "\n" + q.text)
	}
	if q.talk == "" && b.toUs(m.Referenced) {
		q.talk = memory.ReplyKey(m.Referenced.ID)
	}
	return q
}

// placeTalk finds out which conversation goes on where something was asked: that of
// the thread, or of direct messages.
func (b *Bot) placeTalk(q *asked) {
	info, _ := b.channels.find(q.channel)
	q.thread = info.parent != ""
	if q.thread || q.guild == "" {
		q.talk = memory.ThreadKey(q.channel)
	}
}

// settingsOf returns what a guild decided, all defaults when that panics.
func (b *Bot) settingsOf(p place) (s library.Settings) {
	b.work.guard("settings", func() { s = b.settings(p.owner()) })
	return s
}
