package render

import (
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// body shows the one thing that an answer says beside its cards.
func (v view) body(page *page, a answer.Answer) {
	switch {
	case a.Meta != nil:
		v.meta(page, a)
	case a.Quote != nil:
		v.quote(page, a)
	case strings.TrimSpace(a.Notice) != "":
		v.notice(page, v.noticeTitle(a), v.noticeText(a), v.nearest(a))
	}
}

// noticeTitle says what kind of notice follows. A reason and an apology are whole
// sentences and need none.
func (v view) noticeTitle(a answer.Answer) string {
	switch {
	case a.Outcome == answer.Help:
		return v.Say(locale.TitleHelp, nil)
	case a.Outcome == answer.Abstained && a.Reason == "":
		return v.Say(locale.TitleAbstained, nil)
	}
	return ""
}

func (v view) notice(page *page, title, text, hint string) {
	page.try(Embed{
		Title:       fit(title, maxTitle),
		Description: limited([]string{fit(text, 3000), hint}, maxDescription),
		Color:       Neutral,
	})
}

// noticeText says why there is no quote, or the help, in the reader's language. A
// notice of another kind is shown as it is.
func (v view) noticeText(a answer.Answer) string {
	if a.Outcome == answer.Help && len(a.Offered) > 0 {
		return v.help(a.Offered)
	}
	if id, ok := reasonID(a.Reason); ok {
		return v.Say(id, nil)
	}
	return a.Notice
}

// maxOffered is how many titles the help names.
const maxOffered = 5

func (v view) help(titles []string) string {
	return v.Say(locale.HelpIntro, nil) + " " + strings.Join(v.offered(titles), "\n")
}

// offered says what can be asked about, by some of the titles.
func (v view) offered(titles []string) []string {
	if len(titles) == 0 {
		return nil
	}
	lines := []string{v.Say(locale.HelpAbout, nil)}
	for _, title := range titles[:min(maxOffered, len(titles))] {
		lines = append(lines, "• "+fitPlain(oneLine(title), 200))
	}
	if len(titles) > maxOffered {
		lines = append(lines, "• "+v.Say(locale.HelpMore, nil))
	}
	return lines
}

// reasonID returns the sentence that gives a reason.
func reasonID(reason answer.Reason) (locale.ID, bool) {
	id, ok := map[answer.Reason]locale.ID{
		answer.Unanswered: locale.ReasonUnanswered, answer.Withheld: locale.ReasonWithheld, answer.Restricted: locale.ReasonRestricted,
		answer.UnderAge: locale.ReasonMinor, answer.Unavailable: locale.ReasonUnavailable, answer.NoPublished: locale.ReasonNoPublished,
		answer.NoBio: locale.ReasonNoBio, answer.WhichOne: locale.ReasonWhich,
	}[reason]
	return id, ok
}

// maxNearest is how many of the headings that come closest are listed.
const maxNearest = 2

// nearest lists the headings that come closest.
func (v view) nearest(a answer.Answer) string {
	var lines []string
	for _, h := range a.Nearest[:min(maxNearest, len(a.Nearest))] {
		lines = append(lines, headingLine(h))
	}
	return v.hint(locale.HintNearest, lines)
}

// more lists the headings of the other passages that answer, with the author and
// the date of those that are of another article than the quote.
func (v view) more(a answer.Answer) string {
	var lines []string
	for _, q := range a.More {
		line := headingLine(answer.Heading{Title: q.Title, Section: q.Section})
		if line != "" && q.Article != a.Quote.Article {
			line += v.dated(q)
		}
		lines = append(lines, line)
	}
	return v.hint(locale.HintMore, lines)
}

// dated says who wrote an article and when it was updated.
func (v view) dated(q answer.Quote) string {
	var facts string
	if q.Author != "" {
		facts += between + v.Say(locale.QuoteAuthor, locale.Values{"Author": fit(oneLine(q.Author), 120)})
	}
	if updated := v.updated(q); updated != "" {
		facts += between + updated
	}
	return facts
}

// maxHints is how many headings a hint lists.
const maxHints = 3

func headingLine(h answer.Heading) string {
	line := fit(oneLine(h.Title), 120)
	if section := fit(oneLine(h.Section), 120); section != "" {
		line += " › " + section
	}
	return line
}

// hint lists at most maxHints lines, each once, below an introduction.
func (v view) hint(intro locale.ID, all []string) string {
	var lines []string
	for _, line := range all {
		if line = "- " + line; line != "- " && !slices.Contains(lines, line) && len(lines) < maxHints {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "\n" + Escape(v.Say(intro, nil)) + "\n" + strings.Join(lines, "\n")
}
