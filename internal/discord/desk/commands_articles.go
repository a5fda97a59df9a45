package desk

import "verbatim/internal/discord/api"

// articleOptions are the subcommands of /kb that are about articles.
func articleOptions() []api.CommandOption {
	one := offeredText(optArticle, "Which article", true)
	reason := api.CommandOption{Type: api.OptionString, Name: optReason, Description: "Why; kept in the audit trail", MaxLength: 400}
	file := func(description string, required bool) api.CommandOption {
		return api.CommandOption{Type: api.OptionAttachment, Name: optFile, Description: description, Required: required}
	}
	return []api.CommandOption{
		sub("add", "Write a new article in a form; you see what it does before it is published"),
		sub("import", "Add an article from a file, or a whole library from a .zip",
			file("A .md, .markdown or .txt file of at most 1 MiB, or a .zip that /kb export made", true)),
		sub("edit", "Change an article of your own: download it, send it back, or change one section", one,
			offeredText(optSection, "Change this section in a form", false), file("The changed file, with the name that it was downloaded with", false)),
		sub("list", "All articles, with their state and their last review"),
		sub("show", "What is known of an article, with its text", one, offeredText(optRevision, "An earlier revision", false)),
		sub("history", "Who published which revision of an article, and when", one),
		sub("diff", "What changed between two revisions of an article", one,
			offeredText(optFrom, "From this revision; without it, the one before", false), offeredText(optTo, "To this revision; without it, the current one", false)),
		sub("revert", "Go back to an earlier revision of an article; you see first what that does", one, offeredText(optRevision, "Which revision", true)),
		sub("withdraw", "Stop answering from an article of your own; it is kept", one, reason),
		sub("hide", "Stop answering from an article that came with the program", one, reason),
		sub("restore", "Answer from a withdrawn or hidden article again", one, reason),
		sub("export", "Download the whole library, or one article", offeredText(optArticle, "This article alone", false)),
		sub("drafts", "Articles that are not published yet"),
		sub("review", "What is to be reviewed, or record that you read an article and it holds",
			offeredText(optArticle, "Which article; without it, all that is due", false),
			offeredText(optNext, "When again: a date such as 2027-03-01, or “6 months”; this records the review", false)),
	}
}

// offeredText is an option that is completed while it is typed.
func offeredText(name, description string, required bool) api.CommandOption {
	return api.CommandOption{Type: api.OptionString, Name: name, Description: description, Required: required, Autocomplete: true}
}
