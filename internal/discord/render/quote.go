package render

import (
	"net/url"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// quote shows the excerpt with everything that belongs beside it, what another
// article says against it in an embed of its own, and below that where there is
// more. An excerpt that does not fit is replaced by a sentence that says so: it
// is never cut.
func (r *Renderer) quote(page *page, a answer.Answer) {
	embeds := []Embed{r.quoteEmbed(*a.Quote, "")}
	for _, q := range a.Contradicts {
		embeds = append(embeds, r.quoteEmbed(q, againstIntro))
	}
	last := &embeds[len(embeds)-1]
	if more := r.more(a); size(last.Description)+size(more) < maxDescription {
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

// againstIntro stands above a quote that contradicts the one before it.
const againstIntro = "Another article says otherwise:"

// quoteEmbed shows a quote below an introduction, if there is one.
func (r *Renderer) quoteEmbed(q answer.Quote, intro string) Embed {
	around := "\n\n" + strings.Join(r.attribution(q), "\n")
	if intro != "" {
		intro = Escape(intro) + "\n"
	}
	shown := excerpt(q, maxDescription-size(intro)-size(around))
	if size(intro)+size(shown)+size(around) > maxDescription {
		shown = Escape(r.words.Say(locale.QuoteTooLong, nil))
	}
	return Embed{
		Title:       fit(bare(q.Title, r.words.Say(locale.TitleQuote, nil)), maxTitle),
		URL:         webAddress(q.SourceURL),
		Description: intro + shown + around,
		Color:       quoting,
		whole:       true,
	}
}

// attribution says who wrote it, what they are, where in the article it stands,
// how old it is, whose facts it carries, and where to read it.
func (r *Renderer) attribution(q answer.Quote) []string {
	var lines []string
	add := func(present string, id locale.ID, values locale.Values) {
		if present != "" {
			lines = append(lines, r.words.Say(id, values))
		}
	}
	if q.Author != "" {
		lines = append(lines, "**"+r.words.Say(locale.QuoteAuthor, locale.Values{"Author": fit(q.Author, 256)})+"**")
	}
	if q.AuthorBio != "" {
		lines = append(lines, fit(oneLine(q.AuthorBio), 600))
	}
	add(q.Section, locale.QuoteSection, locale.Values{"Section": fit(oneLine(q.Section), 256)})
	add(q.Updated.Long(), locale.QuoteUpdated, locale.Values{"Date": q.Updated.Long()})
	if q.AdaptedFrom != nil {
		add("yes", locale.QuoteAdapted, locale.Values{"Work": r.work(*q.AdaptedFrom)})
	}
	if address := webAddress(q.SourceURL); address != "" {
		add(address, locale.QuoteSource, locale.Values{"URL": "<" + address + ">"})
	}
	return lines
}

// work names the work that an article is adapted from.
func (r *Renderer) work(from article.Adaptation) string {
	values := locale.Values{"Title": fit(oneLine(from.Title), 256), "Author": fit(oneLine(from.Author), 256), "Date": from.Updated.Long()}
	if from.Updated.IsZero() {
		return r.words.Say(locale.QuoteAdaptedUndated, values)
	}
	return r.words.Say(locale.QuoteAdaptedWork, values)
}

// maxShownURL keeps an address from crowding out the quote.
const maxShownURL = 800

// webAddress returns an address that Discord accepts in an embed, percent-encoded
// so that it cannot end the angle brackets around it, or "".
func webAddress(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return ""
	}
	address := strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C", "`", "%60").Replace(u.String())
	if size(address) > min(maxURL, maxShownURL) {
		return ""
	}
	return address
}

// oneLine keeps a label on its line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
