package library

// PropagateJob is the kind of the jobs that bring posted answers in line with what
// became of their articles, or of themselves. Their guild is the guild concerned, and
// their Args the JSON of [PropagateArgs].
const PropagateJob = "guild.propagate"

// PropagateArgs say which answers are looked at: those that quote an article, or one.
type PropagateArgs struct {
	Article string `json:"article,omitempty"`
	Answer  string `json:"answer,omitempty"` // id of a posted answer that was corrected
}
