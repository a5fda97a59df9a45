package discord

import (
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

// talk is one conversation.
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

// find returns what is remembered of a conversation.
func (t *talks) find(key string) answer.Conversation {
	t.mu.Lock()
	defer t.mu.Unlock()
	var c answer.Conversation
	for _, turn := range t.fresh(key) {
		c = c.With(turn.Turn)
	}
	return c
}

// alive reports whether anything of a conversation is remembered.
func (t *talks) alive(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.fresh(key)) > 0
}

// add remembers one more turn, or the new one of a question that was edited. A
// conversation that goes on under another name takes along what was said under the
// old one.
func (t *talks) add(key, from, question, who string, turn answer.Turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	spoken := slices.DeleteFunc(slices.Clone(t.fresh(from)), func(s spokenTurn) bool { return s.question == question })
	members := map[string]bool{}
	if before := t.all[from]; before != nil {
		members = before.members
	}
	if key != from {
		copied := make(map[string]bool, len(members)+1)
		for member := range members {
			copied[member] = true
		}
		members = copied
	}
	members[who] = true
	spoken = append(spoken, spokenTurn{turn, question, t.now()})
	t.all[key] = &talk{spoken[max(0, len(spoken)-maxTurns):], members}
	t.makeRoom()
}

// fresh returns the turns that are not too old, and forgets the others. The caller
// holds mu.
func (t *talks) fresh(key string) []spokenTurn {
	found := t.all[key]
	if found == nil {
		return nil
	}
	over := t.now().Add(-talkFor)
	found.turns = slices.DeleteFunc(found.turns, func(s spokenTurn) bool { return !s.at.After(over) })
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
	oldest, since := "", t.now()
	for key, found := range t.all {
		if last := found.turns[len(found.turns)-1].at; !last.After(since) {
			oldest, since = key, last
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
