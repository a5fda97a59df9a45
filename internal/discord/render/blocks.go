package render

import (
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// cardEmbed shows a card or a disclaimer: the level as the title, the one thing
// to do in bold, the list, and the small print.
func cardEmbed(title, action string, bullets []string, note string, color int) Embed {
	var lines []string
	if action != "" {
		lines = append(lines, "**"+fit(oneLine(action), 1000)+"**")
	}
	for _, bullet := range bullets {
		if line := fit(oneLine(bullet), 500); line != "" {
			lines = append(lines, "- "+line)
		}
	}
	e := Embed{Title: fit(title, maxTitle), Description: limited(lines, maxDescription), Color: color}
	if note = fitPlain(note, maxFooter); note != "" {
		e.Footer = &Footer{note}
	}
	return e
}

// limited joins lines while the result has at most limit characters.
func limited(lines []string, limit int) string {
	var b strings.Builder
	used := 0
	for _, line := range lines {
		if used += size(line) + 1; used > limit {
			break
		}
		b.WriteString(line + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// body shows the one thing that an answer says beside its cards.
func (r *Renderer) body(page *page, a answer.Answer) {
	switch {
	case a.Meta != nil:
		r.meta(page, a)
	case a.Quote != nil:
		r.quote(page, a)
	case strings.TrimSpace(a.Notice) != "":
		r.notice(page, r.noticeTitle(a.Outcome), a.Notice, r.nearest(a))
	}
}

// noticeTitle says what kind of notice follows. A notice of no known outcome is
// an apology, which is its own title.
func (r *Renderer) noticeTitle(outcome answer.Outcome) string {
	switch outcome {
	case answer.Help:
		return r.words.Say(locale.TitleHelp, nil)
	case answer.Abstained:
		return r.words.Say(locale.TitleAbstained, nil)
	default:
		return ""
	}
}

func (r *Renderer) meta(page *page, a answer.Answer) {
	title := bare(a.Meta.Title, r.words.Say(locale.TitleMeta, nil))
	page.try(Embed{
		Title:       fit(title, maxTitle),
		Description: fit(a.Meta.Text, maxDescription),
		Color:       quoting,
		Footer:      &Footer{fitPlain(r.words.Say(locale.TitleMeta, nil), maxFooter)},
	})
}

func (r *Renderer) notice(page *page, title, text, hint string) {
	page.try(Embed{
		Title:       fit(title, maxTitle),
		Description: limited([]string{fit(text, 3000), hint}, maxDescription),
		Color:       neutral,
	})
}

// nearest lists the headings that come closest.
func (r *Renderer) nearest(a answer.Answer) string {
	return r.headings(locale.HintNearest, a.Nearest)
}

// more lists the headings of the other passages that answer, with the author and
// the date of those that are of another article than the quote.
func (r *Renderer) more(a answer.Answer) string {
	var lines []string
	for _, q := range a.More {
		line := headingLine(answer.Heading{Title: q.Title, Section: q.Section})
		if line != "" && q.Article != a.Quote.Article {
			line += r.dated(q)
		}
		lines = append(lines, line)
	}
	return r.hint(locale.HintMore, lines)
}

// dated says who wrote an article and when it was updated.
func (r *Renderer) dated(q answer.Quote) string {
	var facts string
	if q.Author != "" {
		facts += " · " + r.words.Say(locale.QuoteAuthor, locale.Values{"Author": fit(oneLine(q.Author), 120)})
	}
	if updated := q.Updated.Long(); updated != "" {
		facts += " · " + r.words.Say(locale.QuoteUpdated, locale.Values{"Date": updated})
	}
	return facts
}

// maxHints is how many headings a hint lists.
const maxHints = 3

func (r *Renderer) headings(intro locale.ID, found []answer.Heading) string {
	var lines []string
	for _, h := range found {
		lines = append(lines, headingLine(h))
	}
	return r.hint(intro, lines)
}

func headingLine(h answer.Heading) string {
	line := fit(oneLine(h.Title), 120)
	if section := fit(oneLine(h.Section), 120); section != "" {
		line += " › " + section
	}
	return line
}

// hint lists at most maxHints lines, each once, below an introduction.
func (r *Renderer) hint(intro locale.ID, all []string) string {
	var lines []string
	for _, line := range all {
		if line = "- " + line; line != "- " && !slices.Contains(lines, line) && len(lines) < maxHints {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "\n" + Escape(r.words.Say(intro, nil)) + "\n" + strings.Join(lines, "\n")
}
