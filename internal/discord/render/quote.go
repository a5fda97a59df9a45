package render

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// quote shows the excerpt with everything that belongs beside it, what another
// article says against it in an embed of its own, and below that where there is
// more. An excerpt that does not fit is replaced by a sentence that says so: it
// is never cut.
func (v view) quote(page *page, a answer.Answer) {
	embeds := []Embed{v.quoteEmbed(*a.Quote, v.intro)}
	if sure := v.sureness(a.Confidence); sure != "" && !v.look.Retracted && !v.look.Withdrawn {
		embeds[0].Footer = &Footer{sure}
	}
	other := v // what became of the one article since says nothing of another
	other.look.Changed, other.look.Withdrawn, other.look.Retracted = v.beside, false, false
	for _, q := range a.Contradicts {
		embeds = append(embeds, other.quoteEmbed(q, v.Say(locale.QuoteAgainst, nil)))
	}
	last := &embeds[len(embeds)-1]
	if more := v.more(a); size(last.Description)+size(more) < maxDescription {
		last.Description = strings.TrimSuffix(last.Description+"\n"+more, "\n")
	}
	for _, e := range embeds {
		if e.size() > page.room() {
			page.cut = true
			return // what contradicts a quote is not shown without it
		}
		page.try(e)
	}
}

// quoteEmbed shows a quote below an introduction, if there is one.
func (v view) quoteEmbed(q answer.Quote, intro string) Embed {
	if intro != "" {
		intro = Escape(intro) + "\n"
	}
	return v.quoting(q, intro, func(limit int) string { return excerpt(q, limit) })
}

// quoting shows a quote, in the form that it has for a number of characters, with
// its attribution. What is longer all the same gives way to a sentence that says so.
func (v view) quoting(q answer.Quote, intro string, form func(limit int) string) Embed {
	link := linkTo(webAddress(q.SourceURL), q.Text)
	around := "\n\n" + strings.Join(v.attribution(q, link), "\n")
	room := maxDescription - size(intro) - size(around)
	shown := form(room)
	if size(shown) > room {
		shown = Escape(v.Say(locale.QuoteTooLong, nil))
	}
	return v.titled(q, link, intro+shown+around)
}

// titled is an embed that holds words of an article below its title.
func (v view) titled(q answer.Quote, link, text string) Embed {
	title := fit(bare(oneLine(q.Title), v.Say(locale.TitleQuote, nil)), maxTitle)
	return Embed{Title: title, URL: link, Description: text, Color: quoting, whole: true}
}

// attribution says what became of the article since, in which language a quote is when it is not the reader's, who
// wrote it, what they are, where in the article it stands, how old it is, whose
// facts it carries, and where to read it.
func (v view) attribution(q answer.Quote, link string) []string {
	var lines []string
	add := func(line string) {
		if line != "" {
			lines = append(lines, line)
		}
	}
	add(v.outdated())
	add(v.foreign(q.Language))
	add(v.by(q.Author))
	add(fit(oneLine(q.AuthorBio), 600))
	if section := fit(oneLine(q.Section), 256); section != "" {
		add(v.Say(locale.QuoteSection, locale.Values{"Section": section}))
	}
	add(v.age(q))
	add(v.adapted(q.AdaptedFrom))
	if link != "" {
		add(v.Say(locale.QuoteSource, locale.Values{"URL": "<" + link + ">", "Site": fit(siteOf(link), 100)}))
	}
	return lines
}

// by says who wrote an article.
func (v view) by(author string) string {
	if author = fit(oneLine(author), 256); author == "" {
		return ""
	}
	return boldMark + v.Say(locale.QuoteAuthor, locale.Values{"Author": author}) + boldMark
}

// adapted says whose facts an article carries in other words, "" for its author's own.
func (v view) adapted(from *article.Adaptation) string {
	if from == nil {
		return ""
	}
	return v.Say(locale.QuoteAdapted, locale.Values{"Work": v.work(*from)})
}

// between stands between two facts of one line.
const between = " · "

// age says when an article was updated and how long ago, and marks what should make
// a reader careful: that it is old, and by the guild's wish that nobody reviewed it.
func (v view) age(q answer.Quote) string {
	facts := []string{v.updated(q)}
	if v.look.stale(q.Updated) {
		facts = append(facts, "**"+v.Say(locale.QuoteStale, nil)+"**")
	}
	if v.look.ShowReview {
		facts = append(facts, v.reviewed(q.Reviewed))
	}
	if facts[0] == "" {
		facts = facts[1:]
	}
	return strings.Join(facts, between)
}

func (v view) updated(q answer.Quote) string {
	date, ago := v.date(q.Updated), v.ago(q.Updated)
	switch {
	case date == "":
		return ""
	case ago == "":
		return v.Say(locale.QuoteUpdated, locale.Values{"Date": date})
	}
	return v.Say(locale.QuoteUpdatedAgo, locale.Values{"Date": date, "Ago": ago})
}

// reviewed says when an article was reviewed last; a review that is as long ago as makes
// an article old counts no more.
func (v view) reviewed(on article.Date) string {
	switch {
	case on.IsZero():
		return v.Say(locale.QuoteUnreviewed, nil)
	case v.look.stale(on):
		return boldMark + v.Say(locale.QuoteNotReviewed, locale.Values{"Date": v.date(on)}) + boldMark
	}
	return v.Say(locale.QuoteReviewed, locale.Values{"Date": v.date(on)})
}

// foreign names the language of a quote that is not in the reader's, "" for one that
// is, and for a language that is not known.
func (v view) foreign(tag string) string {
	base := locale.Base(tag)
	if base == "" || base == "und" || base == locale.Base(v.Language()) {
		return ""
	}
	if name, ok := v.NameOf(tag); ok {
		return v.Say(locale.QuoteLanguage, locale.Values{"Language": name})
	}
	return v.Say(locale.QuoteLanguageOther, locale.Values{"Code": fit(oneLine(tag), 40)})
}

// work names the work that an article is adapted from.
func (v view) work(from article.Adaptation) string {
	values := locale.Values{"Title": fit(oneLine(from.Title), 256), "Author": fit(oneLine(from.Author), 256), "Date": v.date(from.Updated)}
	if from.Updated.IsZero() {
		return v.Say(locale.QuoteAdaptedUndated, values)
	}
	return v.Say(locale.QuoteAdaptedWork, values)
}

// oneLine keeps a label on its line.
func oneLine(s string) string { return strings.Join(strings.Fields(undirected(s)), " ") }
