package answer

import (
	"slices"

	"verbatim/internal/article"
)

// maxTurns is how much of a conversation is remembered.
const maxTurns = 6

// Turn is one question with what it was answered from.
type Turn struct {
	Question string
	Article  string // slug of the article quoted or described, if any
	Section  string
	Quoted   article.Span  // the excerpt shown, if any
	Decisive article.Range // the sentence of it that answered, in the same canonical text; zero for all of it
	Field    MetaField     // set when it was answered from the front matter
	Minor    bool          // the asker stated an age under 18, then or before
}

// Conversation is what was said before a question, oldest first and at most six
// turns. It is a value: With leaves the receiver as it was. The zero value is
// an empty conversation. A stated age under 18 is remembered for good.
type Conversation struct {
	turns []Turn
	minor bool
}

// With returns the conversation with one more turn, dropping the oldest beyond six.
func (c Conversation) With(t Turn) Conversation {
	kept := c.turns[max(0, len(c.turns)+1-maxTurns):]
	return Conversation{append(slices.Clone(kept), t), c.minor || t.Minor}
}

// Last returns the latest turn.
func (c Conversation) Last() (Turn, bool) {
	if len(c.turns) == 0 {
		return Turn{}, false
	}
	return c.turns[len(c.turns)-1], true
}

// Turns returns a copy of the turns, oldest first.
func (c Conversation) Turns() []Turn { return slices.Clone(c.turns) }
