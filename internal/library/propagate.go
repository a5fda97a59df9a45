package library

// PropagateJob is the kind of the jobs that bring posted answers in line with what
// became of their articles, or of themselves. Their guild is the guild concerned, and
// their Args the JSON of [PropagateArgs].
const PropagateJob = "guild.propagate"

// PropagateOneJob is the kind of those jobs whose Args name one answer. It is a kind of
// its own so that what a moderator wants of one message does not wait behind the jobs
// that go through thousands.
const PropagateOneJob = "guild.propagate.one"

// PropagateArgs say which answers are looked at: those that quote an article, or one.
type PropagateArgs struct {
	Article string `json:"article,omitempty"`
	Answer  string `json:"answer,omitempty"` // id of a posted answer that was corrected
}
