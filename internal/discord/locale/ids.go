package locale

// ID names a message of the catalogue.
type ID string

// The messages. Those with placeholders name them.
const (
	CommandAsk         ID = "command.ask"
	CommandAskQuestion ID = "command.ask.question"
	CommandAskPrivate  ID = "command.ask.private"

	QuoteAuthor         ID = "quote.author"          // Author
	QuoteSection        ID = "quote.section"         // Section
	QuoteUpdated        ID = "quote.updated"         // Date
	QuoteAdapted        ID = "quote.adapted"         // Work
	QuoteAdaptedWork    ID = "quote.adapted.work"    // Title, Author, Date
	QuoteAdaptedUndated ID = "quote.adapted.undated" // Title, Author
	QuoteSource         ID = "quote.source"          // URL
	QuoteTooLong        ID = "quote.toolong"

	TitleMeta      ID = "title.meta"
	TitleAbstained ID = "title.abstained"
	TitleHelp      ID = "title.help"
	TitleQuote     ID = "title.quote"

	HintMore    ID = "hint.more"
	HintNearest ID = "hint.nearest"
	HintCut     ID = "hint.cut"
	HintUnasked ID = "hint.unasked"

	NoticePaused    ID = "notice.paused"
	NoticeElsewhere ID = "notice.elsewhere"

	FailureLate   ID = "failure.late"
	FailureBroken ID = "failure.broken"
	FailureBusy   ID = "failure.busy"
)

// IDs returns all message ids.
func IDs() []ID {
	return []ID{
		CommandAsk, CommandAskQuestion, CommandAskPrivate,
		QuoteAuthor, QuoteSection, QuoteUpdated, QuoteAdapted, QuoteAdaptedWork, QuoteAdaptedUndated,
		QuoteSource, QuoteTooLong,
		TitleMeta, TitleAbstained, TitleHelp, TitleQuote,
		HintMore, HintNearest, HintCut, HintUnasked,
		NoticePaused, NoticeElsewhere,
		FailureLate, FailureBroken, FailureBusy,
	}
}
