package memory

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

// Talks remembers conversations: for a quarter of an hour, six turns of each, and
// without who said what. It is safe for concurrent use.
type Talks struct {
	now func() time.Time

	mu  sync.Mutex
	all map[string]*talk // by [ThreadKey] or [ReplyKey]
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

// Said is a question that was answered.
type Said struct {
	Question string // the id of its message
	By       string // the keyed MAC of who asked; "" when there is none
	Turn     answer.Turn
}

// NewTalks returns Talks with nothing said, by the given clock.
func NewTalks(now func() time.Time) *Talks { return &Talks{now: now, all: make(map[string]*talk)} }

// ThreadKey names the conversation of a thread or of direct messages.
func ThreadKey(channel string) string { return "thread/" + channel }

// ReplyKey names the conversation that goes on where somebody replies to a message.
func ReplyKey(message string) string { return "reply/" + message }

// Before returns what is remembered of a conversation from before a question, which
// may be in it already when it was edited.
func (t *Talks) Before(key, question string) answer.Conversation {
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

// Alive reports whether anything of a conversation is remembered, beside one question.
func (t *Talks) Alive(key, beside string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.ContainsFunc(t.fresh(key), func(s spokenTurn) bool { return s.question != beside })
}

// Add remembers one more turn, or the new one of a question that was edited. A
// conversation that goes on under another name than from takes along what was said
// under that one. Somebody under age stays so for all of it.
func (t *Talks) Add(key, from string, said Said) {
	t.mu.Lock()
	defer t.mu.Unlock()
	turns := slices.Clone(t.fresh(from))
	members := map[string]bool{said.By: true}
	if before := t.all[from]; before != nil {
		maps.Copy(members, before.members)
	}
	spoken := spokenTurn{said.Turn, said.Question, t.now()}
	spoken.Minor = spoken.Minor || slices.ContainsFunc(turns, func(s spokenTurn) bool { return s.Minor })
	if at := slices.IndexFunc(turns, func(s spokenTurn) bool { return s.question == said.Question }); at >= 0 {
		turns[at] = spoken
	} else {
		turns = append(turns, spoken)
	}
	t.all[key] = &talk{turns[max(0, len(turns)-maxTurns):], members}
	t.makeRoom()
}

// fresh returns the turns that are not too old, and forgets the others. The caller
// holds mu.
func (t *Talks) fresh(key string) []spokenTurn {
	over := t.now().Add(-talkFor)
	return t.without(key, func(s spokenTurn) bool { return !s.at.After(over) })
}

// without forgets turns, and returns the others. The caller holds mu.
func (t *Talks) without(key string, gone func(spokenTurn) bool) []spokenTurn {
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
func (t *Talks) makeRoom() {
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

// Sweep forgets all that is too old. What nobody asks for again would stay otherwise.
func (t *Talks) Sweep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.all {
		t.fresh(key)
	}
}

// Drop forgets a conversation.
func (t *Talks) Drop(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, key)
}

// DropTurn forgets a question, in whichever conversations it was asked.
func (t *Talks) DropTurn(question string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.all {
		t.without(key, func(s spokenTurn) bool { return s.question == question })
	}
}

// Forget forgets every conversation in which a member took part, whom any of the
// keyed MACs stands for.
func (t *Talks) Forget(who ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, found := range t.all {
		if slices.ContainsFunc(who, func(w string) bool { return w != "" && found.members[w] }) {
			delete(t.all, key)
		}
	}
}
