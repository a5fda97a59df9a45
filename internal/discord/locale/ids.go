package locale

import "slices"

// ID names a message of the catalogues.
type ID string

// The messages. Those with placeholders name them; Count is filled by
// [Words.Count] alone, which also chooses the plural.
const (
	ButtonHelpful    ID = "button.helpful"
	ButtonNotHelpful ID = "button.nothelpful"
	ButtonReason     ID = "button.reason"
	ButtonMore       ID = "button.more"
	ButtonContext    ID = "button.context"
	ButtonCite       ID = "button.cite"
	ButtonShare      ID = "button.share"
	ButtonRemove     ID = "button.remove"
	ButtonHelplines  ID = "button.helplines"
	ButtonPrevious   ID = "button.previous"
	ButtonNext       ID = "button.next"
	ButtonExport     ID = "button.export"
	ButtonDelete     ID = "button.delete"
	ButtonWhere      ID = "button.where"
	ButtonOptIn      ID = "button.optin"
	ButtonOptOut     ID = "button.optout"

	MenuArticle  ID = "menu.article"
	MenuContents ID = "menu.contents"
	MenuStyle    ID = "menu.style"

	ModalReason      ID = "modal.reason"
	ModalReasonLabel ID = "modal.reason.label"
	ModalReasonHint  ID = "modal.reason.hint"

	QuoteAuthor         ID = "quote.author"      // Author
	QuoteSection        ID = "quote.section"     // Section
	QuoteUpdated        ID = "quote.updated"     // Date
	QuoteUpdatedAgo     ID = "quote.updated.ago" // Date, Ago
	QuoteStale          ID = "quote.stale"
	QuoteReviewed       ID = "quote.reviewed" // Date
	QuoteUnreviewed     ID = "quote.unreviewed"
	QuoteNotReviewed    ID = "quote.notreviewed"     // Date
	QuoteAdapted        ID = "quote.adapted"         // Work
	QuoteAdaptedWork    ID = "quote.adapted.work"    // Title, Author, Date
	QuoteAdaptedUndated ID = "quote.adapted.undated" // Title, Author
	QuoteLanguage       ID = "quote.language"        // Language
	QuoteLanguageOther  ID = "quote.language.other"  // Code
	QuoteSource         ID = "quote.source"          // URL, Site
	QuoteAgainst        ID = "quote.against"
	QuoteTooLong        ID = "quote.toolong"

	MetaPublished ID = "meta.published" // Date
	PageNumber    ID = "page.number"    // Number, Of

	SureLikely ID = "sure.likely"
	SureMaybe  ID = "sure.maybe"
	SureHardly ID = "sure.hardly"

	TitleMeta      ID = "title.meta"
	TitleAbstained ID = "title.abstained"
	TitleHelp      ID = "title.help"
	TitleQuote     ID = "title.quote"
	TitlePrivacy   ID = "title.privacy"
	TitleArticles  ID = "title.articles"

	HintMore      ID = "hint.more"
	HintNearest   ID = "hint.nearest"
	HintCut       ID = "hint.cut"
	HintUnasked   ID = "hint.unasked"
	HintHelplines ID = "hint.helplines"
	HintThread    ID = "hint.thread"
	HintPrivate   ID = "hint.private"
	HintChannels  ID = "hint.channels" // Channels
	HintPassages  ID = "hint.passages"
	HintArticles  ID = "hint.articles" // Count

	HelpIntro    ID = "help.intro"
	HelpAbout    ID = "help.about"
	HelpMore     ID = "help.more"
	HelpAsk      ID = "help.ask"  // Ask
	HelpMenu     ID = "help.menu" // Answer
	HelpThread   ID = "help.thread"
	HelpOpen     ID = "help.open"
	HelpButtons  ID = "help.buttons"  // More, Context, Cite, Remove
	HelpCommands ID = "help.commands" // Article, Cite, Privacy
	HelpGaps     ID = "help.gaps"     // Privacy

	ReasonUnanswered  ID = "reason.unanswered"
	ReasonWithheld    ID = "reason.withheld"
	ReasonRestricted  ID = "reason.restricted"
	ReasonMinor       ID = "reason.minor"
	ReasonUnavailable ID = "reason.unavailable"
	ReasonNoPublished ID = "reason.nopublished"
	ReasonNoBio       ID = "reason.nobio"
	ReasonWhich       ID = "reason.which"

	NoticePaused     ID = "notice.paused"
	NoticeElsewhere  ID = "notice.elsewhere"
	NoticeBlocked    ID = "notice.blocked"
	NoticeWait       ID = "notice.wait"        // Wait
	NoticeWaitServer ID = "notice.wait.server" // Wait
	NoticeWaitDay    ID = "notice.wait.day"    // Wait
	NoticeStale      ID = "notice.stale"
	NoticeNotYours   ID = "notice.notyours"
	NoticeModerators ID = "notice.moderators"
	NoticeThanks     ID = "notice.thanks"
	NoticeShared     ID = "notice.shared"
	NoticeNoMore     ID = "notice.nomore"
	NoticeNoText     ID = "notice.notext"
	NoticeNoArticles ID = "notice.noarticles"
	NoticeNoArticle  ID = "notice.noarticle"
	NoticeRestricted ID = "notice.restricted"
	NoticeNever      ID = "notice.never"
	NoticeChanged    ID = "notice.changed"
	NoticeWithdrawn  ID = "notice.withdrawn"
	NoticeRetracted  ID = "notice.retracted"
	NoticeCorrected  ID = "notice.corrected"
	NoticeRenewed    ID = "notice.renewed"
	NoticeGone       ID = "notice.gone"
	NoticeUnsaid     ID = "notice.unsaid"
	NoticeNow        ID = "notice.now"
	NoticeLost       ID = "notice.lost"
	NoticeOptIn      ID = "notice.optin"
	NoticeOptedIn    ID = "notice.optedin"
	NoticeOptedOut   ID = "notice.optedout"

	PrivacyKept    ID = "privacy.kept" // Count
	PrivacyGaps    ID = "privacy.gaps"
	PrivacyAmount  ID = "privacy.amount"  // Answers, Votes
	PrivacyAnswers ID = "privacy.answers" // Count
	PrivacyVotes   ID = "privacy.votes"   // Count
	PrivacyOptedIn ID = "privacy.optedin"
	PrivacyDirect  ID = "privacy.direct" // Privacy
	PrivacyExport  ID = "privacy.export"
	PrivacyDeleted ID = "privacy.deleted"
	PrivacyNothing ID = "privacy.nothing"

	FailureLate   ID = "failure.late"
	FailureBroken ID = "failure.broken"
	FailureBusy   ID = "failure.busy"

	DateLong   ID = "date.long"  // Day, Month, Year
	DateFirst  ID = "date.first" // Day, Month, Year
	DateMonths ID = "date.months"

	AgeToday  ID = "age.today"
	AgeDays   ID = "age.days"   // Count
	AgeMonths ID = "age.months" // Count
	AgeYears  ID = "age.years"  // Count

	WaitSeconds ID = "wait.seconds" // Count
	WaitMinutes ID = "wait.minutes" // Count
	WaitHours   ID = "wait.hours"   // Count
)

// IDs returns all message ids.
func IDs() []ID {
	return slices.Concat(commandIDs(), languageIDs(), styleIDs(), []ID{
		ButtonHelpful, ButtonNotHelpful, ButtonReason, ButtonMore, ButtonContext, ButtonCite,
		ButtonShare, ButtonRemove, ButtonHelplines, ButtonPrevious, ButtonNext,
		ButtonExport, ButtonDelete, ButtonWhere, ButtonOptIn, ButtonOptOut,
		MenuArticle, MenuContents, MenuStyle,
		ModalReason, ModalReasonLabel, ModalReasonHint,
		QuoteAuthor, QuoteSection, QuoteUpdated, QuoteUpdatedAgo, QuoteStale, QuoteReviewed,
		QuoteUnreviewed, QuoteNotReviewed, QuoteAdapted, QuoteAdaptedWork, QuoteAdaptedUndated, QuoteLanguage, QuoteLanguageOther,
		QuoteSource, QuoteAgainst, QuoteTooLong, MetaPublished, PageNumber,
		SureLikely, SureMaybe, SureHardly,
		TitleMeta, TitleAbstained, TitleHelp, TitleQuote, TitlePrivacy, TitleArticles,
		HintMore, HintNearest, HintCut, HintUnasked, HintHelplines, HintThread,
		HintPrivate, HintChannels, HintPassages, HintArticles,
		HelpIntro, HelpAbout, HelpMore, HelpAsk, HelpMenu, HelpThread, HelpOpen, HelpButtons, HelpCommands, HelpGaps,
		ReasonUnanswered, ReasonWithheld, ReasonRestricted, ReasonMinor, ReasonUnavailable, ReasonNoPublished,
		ReasonNoBio, ReasonWhich,
		NoticePaused, NoticeElsewhere, NoticeBlocked, NoticeWait, NoticeWaitServer, NoticeWaitDay,
		NoticeStale, NoticeNotYours, NoticeModerators, NoticeThanks, NoticeShared, NoticeNoMore,
		NoticeNoText, NoticeNoArticles, NoticeNoArticle, NoticeRestricted, NoticeNever, NoticeChanged, NoticeWithdrawn,
		NoticeRetracted, NoticeCorrected, NoticeRenewed, NoticeGone, NoticeUnsaid, NoticeNow, NoticeLost,
		NoticeOptIn, NoticeOptedIn, NoticeOptedOut,
		PrivacyKept, PrivacyGaps, PrivacyAmount, PrivacyAnswers, PrivacyVotes, PrivacyOptedIn, PrivacyDirect,
		PrivacyExport, PrivacyDeleted, PrivacyNothing,
		FailureLate, FailureBroken, FailureBusy,
		DateLong, DateFirst, DateMonths,
		AgeToday, AgeDays, AgeMonths, AgeYears,
		WaitSeconds, WaitMinutes, WaitHours,
	})
}
