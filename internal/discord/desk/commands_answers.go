package desk

import "verbatim/internal/discord/api"

// Names of the options that the commands about answers take.
const (
	optQuestion   = "question"
	optRestricted = "age-restricted"
)

// answerOptions are the subcommands of /kb that are about answers and numbers.
func answerOptions() []api.CommandOption {
	return []api.CommandOption{
		sub("test", "Runs the questions whose answers you have fixed, and says which fail"),
		sub("why", "Says how a question is answered, and why",
			api.CommandOption{Type: api.OptionString, Name: optQuestion, Description: "The question, as a member would ask it", Required: true, MaxLength: maxWords},
			api.CommandOption{Type: api.OptionBoolean, Name: optRestricted, Description: "As in an age-restricted channel"}),
		sub("gaps", "Shows what members asked for and did not find"),
		sub("stats", "Shows the numbers of the last 30 days"),
		sub("corrections", "Lists what was corrected, and undoes it"),
		sub("audit", "Shows who changed what, and why"),
		sub("jobs", "Shows long work that runs or has ended, and cancels it"),
	}
}
