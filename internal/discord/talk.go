package discord

import (
	"maps"
	"slices"
	"sync"
	"time"

	"verbatim/internal/answer"
)

const (
	talkFor  = 15 * time.Minute // how long a turn of a conversation is remembered
	maxTurns = 6                // how many turns of one are
	maxTalks = 2048             // how many conversations are; the oldest makes room
)

// talks remembers conversations: in memory and nowhere else, for a quarter of an
// hour, and without who said what. It is safe for concurrent use.
type talks struct {
	now func() time.Time

	mu  sync.Mutex
	all map[string]*talk // by [threadKey] or [replyKey]
}

// talk is one conversation. It has at least one turn.
type talk struct {
	turns   []spokenTurn
	members map[string]bool // keyed MACs of those who took part, to be forgotten at their wish
}

type spokenTurn struct {
	answer.Turn

	question string // the id of its message
	at       time.Time
}

func newTalks(now func() time.Time) *talks { return &talks{now: now, all: make(map[string]*talk)} }

// threadKey names the conversation of a thread or of direct messages.
func threadKey(channel string) string { return "thread/" + channel }

// replyKey names the conversation that goes on where somebody replies to a message.
func replyKey(message string) string { return "reply/" + message }

// before returns what is remembered of a conversation from before a question, which
// may be in it already when it was edited.
func (t *talks) before(key, question string) answer.Conversation {
	t.mu.Lock()
	defer t.mu.Unlock()
	var c answer.Conversation
	for _, turn := range t.fresh(key) {
		if turn.question == question {
			break
		}
		c = c.With(turn.Turn)
	}
	return c
}

// alive reports whether anything of a conversation is remembered, beside one question.
func (t *talks) alive(key, beside string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.ContainsFunc(t.fresh(key), func(s spokenTurn) bool { return s.question != beside })
}

// add remembers one more turn, or the new one of a question that was edited. A
// conversation that goes on under another name takes along what was said under the
// old one. Somebody under age stays so for all of it.
func (t *talks) add(key, from, question, who string, turn answer.Turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	turns := slices.Clone(t.fresh(from))
	members := map[string]bool{who: true}
	if before := t.all[from]; before != nil {
		maps.Copy(members, before.members)
	}
	turn.Minor = turn.Minor || slices.ContainsFunc(turns, func(s spokenTurn) bool { return s.Minor })
	spoken := spokenTurn{turn, question, t.now()}
	if at := slices.IndexFunc(turns, func(s spokenTurn) bool { return s.question == question }); at >= 0 {
		turns[at] = spoken
	} else {
		turns = append(turns, spoken)
	}
	t.all[key] = &talk{turns[max(0, len(turns)-maxTurns):], members}
	t.makeRoom()
}

// fresh returns the turns that are not too old, and forgets the others. The caller
// holds mu.
func (t *talks) fresh(key string) []spokenTurn {
	over := t.now().Add(-talkFor)
	return t.without(key, func(s spokenTurn) bool { return !s.at.After(over) })
}

// without forgets turns, and returns the others. The caller holds mu.
func (t *talks) without(key string, gone func(spokenTurn) bool) []spokenTurn {
	found := t.all[key]
	if found == nil {
		return nil
	}
	found.turns = slices.DeleteFunc(found.turns, gone)
	if len(found.turns) == 0 {
		delete(t.all, key)
	}
	return found.turns
}

// makeRoom forgets the conversation that has been silent for longest when there are
// too many. The caller holds mu.
func (t *talks) makeRoom() {
	if len(t.all) <= maxTalks {
		return
	}
	oldest, since, found := "", time.Time{}, false
	for key, one := range t.all {
		if last := one.turns[len(one.turns)-1].at; !found || last.Before(since) {
			oldest, since, found = key, last, true
		}
	}
	delete(t.all, oldest)
}

// sweep forgets all that is too old. What nobody asks for again would stay otherwise.
func (t *talks) sweep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.all {
		t.fresh(key)
	}
}

// drop forgets a conversation.
func (t *talks) drop(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, key)
}

// dropTurn forgets a question, in whichever conversations it was asked.
func (t *talks) dropTurn(question string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.all {
		t.without(key, func(s spokenTurn) bool { return s.question == question })
	}
}

// forget forgets every conversation in which a member took part.
func (t *talks) forget(who ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, found := range t.all {
		if slices.ContainsFunc(who, func(w string) bool { return w != "" && found.members[w] }) {
			delete(t.all, key)
		}
	}
}
