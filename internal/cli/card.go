package cli

import (
	"fmt"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// writeAnswer prints an answer as a card: what must be said first, then the
// quote or the notice, then where it is from.
func (t terminal) writeAnswer(ans answer.Answer) error {
	var b strings.Builder
	if len(ans.Parts) == 0 {
		t.answer(&b, ans)
	}
	for i, part := range ans.Parts {
		fmt.Fprintf(&b, "\n  %s\n", t.styled(bold, fmt.Sprintf("Question %d of %d", i+1, len(ans.Parts))))
		t.answer(&b, part)
	}
	if ans.Unasked > 0 {
		b.WriteByte('\n')
		t.paragraph(&b, dim, "  ", "  ", "Only the first questions are answered here. Please ask the others again.")
	}
	_, err := t.out.Write([]byte(b.String() + "\n"))
	return err
}

func (t terminal) answer(b *strings.Builder, ans answer.Answer) {
	for _, c := range ans.Cards {
		t.safetyCard(b, red, c)
	}
	if ans.Disclaimer != nil {
		t.safetyCard(b, yellow, *ans.Disclaimer)
	}
	switch {
	case ans.Quote != nil:
		t.quote(b, *ans.Quote)
		t.contradicts(b, ans.Contradicts)
		t.more(b, *ans.Quote, ans.More)
	case ans.Meta != nil:
		t.meta(b, *ans.Meta)
	case ans.Notice != "":
		b.WriteByte('\n')
		t.paragraph(b, "", "  ", "  ", ans.Notice)
		t.nearest(b, ans.Nearest)
	}
}

func (t terminal) safetyCard(b *strings.Builder, sgr string, c safety.Card) {
	b.WriteByte('\n')
	t.paragraph(b, sgr, "  ", "  ", strings.ToUpper(c.Title))
	t.paragraph(b, bold, "  ", "  ", c.Action)
	for _, bullet := range c.Bullets {
		t.paragraph(b, "", "  - ", "    ", bullet)
	}
	if c.Note != "" {
		t.paragraph(b, dim, "  ", "  ", c.Note)
	}
}

func (t terminal) quote(b *strings.Builder, q answer.Quote) {
	b.WriteByte('\n')
	t.excerpt(b, q)
	b.WriteByte('\n')
	t.paragraph(b, bold, "  — ", "    ", q.Author)
	t.paragraph(b, dim, "    ", "    ", q.AuthorBio)
	t.paragraph(b, "", "    ", "    ", place(q))
	t.paragraph(b, bold, "    ", "    ", "Updated "+q.Updated.Long())
	if q.AdaptedFrom != nil {
		t.paragraph(b, "", "    ", "    ", adaptation(*q.AdaptedFrom))
	}
	if q.SourceURL != "" {
		t.paragraph(b, dim, "    ", "    ", q.SourceURL)
	}
}

// excerpt writes the words of a quote, the sentence that answers in bold.
func (t terminal) excerpt(b *strings.Builder, q answer.Quote) {
	const open = "“"
	d, _ := q.DecisiveIn()
	t.marked(b, "  │ ", "  │ ", open+q.Text+"”", article.Range{Start: len(open) + d.Start, End: len(open) + d.End})
}

func (t terminal) contradicts(b *strings.Builder, against []answer.Quote) {
	for _, q := range against {
		b.WriteByte('\n')
		t.paragraph(b, bold, "  ", "  ", "Another article says otherwise:")
		t.quote(b, q)
	}
}

// place names the article and the section of a quote.
func place(q answer.Quote) string {
	if q.Section == "" {
		return "“" + q.Title + "”"
	}
	return "“" + q.Title + "”, section “" + q.Section + "”"
}

func adaptation(a article.Adaptation) string {
	text := "The wording is adapted from " + a.Author + ", “" + a.Title + "”"
	if !a.Updated.IsZero() {
		text += ", updated " + a.Updated.Long()
	}
	return text + "."
}

// more lists further excerpts. One of another article than the quote's says whose
// it is and how old.
func (t terminal) more(b *strings.Builder, quoted answer.Quote, more []answer.Quote) {
	if len(more) == 0 {
		return
	}
	b.WriteByte('\n')
	t.paragraph(b, dim, "  ", "  ", "Also in the articles:")
	for _, q := range more {
		t.paragraph(b, dim, "  - ", "    ", "“"+q.Text+"”")
		if q.Article != quoted.Article {
			t.paragraph(b, dim, "    ", "    ", "— "+origin(q))
		}
	}
}

// origin names the author, the place and the date of a quote in one line.
func origin(q answer.Quote) string {
	text := q.Author + ", " + place(q)
	if !q.Updated.IsZero() {
		text += ", updated " + q.Updated.Long()
	}
	return text
}

func (t terminal) meta(b *strings.Builder, m answer.Meta) {
	b.WriteByte('\n')
	t.paragraph(b, "", "  ", "  ", m.Text)
	if m.Title != "" && m.Field != answer.FieldTitle && m.Field != answer.FieldContents {
		t.paragraph(b, dim, "  ", "  ", "Of “"+m.Title+"”.")
	}
}

func (t terminal) nearest(b *strings.Builder, headings []answer.Heading) {
	if len(headings) == 0 {
		return
	}
	t.paragraph(b, dim, "  ", "  ", "The nearest they have:")
	for _, h := range headings {
		label := h.Title
		if h.Section != "" {
			label += ": " + h.Section
		}
		t.paragraph(b, dim, "  - ", "    ", label)
	}
}
