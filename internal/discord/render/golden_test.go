package render_test

import (
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

// tiers is one answer of each tier and of each kind of reply. The cards' texts are
// data of another package and in its languages, so they are the same for all.
func tiers(t testing.TB) map[string]answer.Answer {
	t.Helper()
	disclaimer := card("Not medical advice")
	more := []answer.Quote{{Article: "a-title", Title: "A title", Section: "Further on"}, {Title: "Another title"}, {Title: "Another title"}}
	nearest := []answer.Heading{{Title: "A title", Section: "Close"}, {Title: "A title", Section: "Closer"}}
	newer := elsewhere(t, "Stop.")
	return map[string]answer.Answer{
		"none": {Outcome: answer.Answered, Confidence: .95, Quote: decided(t, "It is a gland.\n", "It is small.", ""), More: more},
		"safety": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Confidence: .8,
			Quote: quote(t, "1. Use *gloves*, see https://example.org and ask @everyone or <@123>."),
		},
		"urgent": {
			Outcome: answer.Answered, Tier: safety.TierUrgent, Disclaimer: &disclaimer, Confidence: .5,
			Cards: []safety.Card{card("Urgent: see a doctor today")}, Quote: &newer,
		},
		"emergency":  {Outcome: answer.CardOnly, Tier: safety.TierEmergency, Cards: []safety.Card{card("Emergency: call now")}},
		"crisis":     {Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis: talk to somebody"), card("Emergency: call now")}},
		"abstained":  {Outcome: answer.Abstained, Notice: "The articles do not answer that.", Reason: answer.Unanswered, Nearest: nearest},
		"restricted": {Outcome: answer.Abstained, Notice: "Elsewhere.", Reason: answer.Restricted},
		"minor": {
			Outcome: answer.Abstained, Tier: safety.TierSafety, Minor: true, Disclaimer: &disclaimer, Notice: "Not to you.", Reason: answer.UnderAge,
		},
		"help": {
			Outcome: answer.Help, Notice: "Ask me something.",
			Offered: []string{"A title", "Moss *and* more", "Three", "Four", "Five", "Six"},
		},
	}
}

// frontMatter is an answer of each kind from the front matter of an article.
func frontMatter(t testing.TB) map[string]answer.Answer {
	t.Helper()
	work := frontMatterOf(t)
	meta := func(m answer.Meta) answer.Answer {
		m.Text = "As a terminal shows it."
		return answer.Answer{Outcome: answer.FromMeta, Confidence: 1, Meta: &m}
	}
	cited := meta(answer.Meta{Field: answer.FieldCitation, Title: work.Title, Work: &work, Style: article.StyleBibTeX})
	cited.Meta.Text = "@misc{venneman2017,\n  title = {A title with ```three},\n}"
	return map[string]answer.Answer{
		"meta-author":    meta(answer.Meta{Field: answer.FieldAuthor, Title: work.Title, Work: &work}),
		"meta-bio":       meta(answer.Meta{Field: answer.FieldAuthorBio, Title: work.Title, Work: &work}),
		"meta-updated":   meta(answer.Meta{Field: answer.FieldUpdated, Title: work.Title, Work: &work}),
		"meta-published": meta(answer.Meta{Field: answer.FieldPublished, Title: work.Title, Work: &work}),
		"meta-title":     meta(answer.Meta{Field: answer.FieldTitle, Title: work.Title, Work: &work}),
		"meta-contents":  meta(answer.Meta{Field: answer.FieldContents, Title: work.Title, Work: &work, Headings: []string{"What is *known*", "", "Safety"}}),
		"meta-shelf":     meta(answer.Meta{Field: answer.FieldContents, Titles: []string{"A title", "All of moss"}}),
		"meta-citation":  cited,
	}
}

func frontMatterOf(t testing.TB) article.Meta {
	t.Helper()
	q := quote(t, "")
	return article.Meta{
		Title: q.Title, Author: q.Author, AuthorBio: q.AuthorBio, Updated: q.Updated, Published: date(t, "2015-03-01"), SourceURL: q.SourceURL,
		AdaptedFrom: q.AdaptedFrom, Language: "en",
	}
}

// others are the messages beside those of answers.
func others(t testing.TB, r *render.Renderer) map[string]render.Message {
	t.Helper()
	meta := frontMatterOf(t)
	moss := article.Meta{Title: "All of moss", Author: "Kim Poe", AuthorBio: "Keeps a moss garden.", Updated: date(t, "2023-04-05")}
	reading := render.Page{Article: meta, Slug: "a-title", Section: "Safety", Text: "Safety\n\nIt is *safe*.\n- Mostly.\n\n", Number: 2, Of: 7}
	hidden := reading
	hidden.Hidden = true
	urgent, crisis := tiers(t)["urgent"], tiers(t)["crisis"]
	quoted := tiers(t)["none"]
	messages := map[string]render.Message{
		"brief-crisis": r.Brief(crisis, careful(t)),
		"brief-urgent": r.Brief(urgent, today(t)),
		"cards":        r.Cards(urgent),
		"thread":       r.Message(quoted, render.Look{Today: date(t, "2026-11-22"), Thread: true}),
		"shared":       r.Message(quoted, render.Look{Today: date(t, "2026-11-22"), Shared: true, Changed: true}),
		"withdrawn":    r.Message(quoted, render.Look{Today: date(t, "2026-11-22"), Withdrawn: true, Changed: true}),
		"passages":     r.Passages([]answer.Quote{*quote(t, "It is a gland."), elsewhere(t, "Moss is green.")}, careful(t)),
		"nomore":       r.Passages(nil, careful(t)),
		"context":      r.Context(*quote(t, "It is a *gland*.\nIt is small."), "Before it.\n\n", " After it.", careful(t)),
		"page":         r.Page(reading, careful(t)),
		"page-hidden":  r.Page(hidden, careful(t)),
		"articles":     r.Articles([]article.Meta{meta, moss}, careful(t)),
		"citation":     r.Citation(article.StyleAPA, "Venneman, S. (2017, July 19). *A title*. https://example.org/a_title", "A title"),
		"privacy":      r.Privacy(render.Privacy{Days: 90, Gaps: true, Answers: 3, Votes: 1, OptedIn: true}),
		"privacy-none": r.Privacy(render.Privacy{Days: 1, Direct: true}),
		"howto":        r.Help([]string{"A title", "All of moss"}, false, false),
		"howto-intent": r.Help(nil, true, false),
		"howto-gaps":   r.Help([]string{"A title"}, true, true),
		"pointer":      r.Pointer([]string{"1234567890", "no id", "42"}),
		"veiled":       r.Veiled(),
		"confirm":      r.Confirm(),
		"then":         r.ThenAndNow(render.Around{Quote: *quoted.Quote, Before: "Before. "}, nil, render.Look{Changed: true}),
		"then-now": r.ThenAndNow(render.Around{Quote: *quoted.Quote, Before: "Before. "},
			&render.Around{Quote: *quote(t, "It is a *small* gland."), After: " After."}, render.Look{Changed: true}),
	}
	risky := tiers(t)["safety"]
	risky.Contradicts = []answer.Quote{elsewhere(t, "Moss is green.")}
	for fate, name := range fates() {
		messages["again-"+name] = r.Again(risky, fate, fate == render.Stands, today(t))
		messages["marked-"+name] = render.Message{Embeds: []render.Embed{{Description: r.Mark(fate)}}}
	}
	return messages
}

// fates names all that can become of an answer.
func fates() map[render.Fate]string {
	return map[render.Fate]string{
		render.Stands: "stands", render.Changed: "changed", render.Withdrawn: "withdrawn", render.Retracted: "retracted",
		render.Renewed: "renewed", render.Corrected: "corrected", render.Gone: "gone", render.Wrong: "wrong", render.Lost: "lost",
	}
}

// TestGolden renders each reply in each language into text that can be read.
func TestGolden(t *testing.T) {
	for _, language := range locale.Languages() {
		r := inLanguage(t, language)
		messages := others(t, r)
		for _, answers := range []map[string]answer.Answer{tiers(t), frontMatter(t)} {
			for name, a := range answers {
				messages[name] = r.Message(a, careful(t))
			}
		}
		for name, m := range messages {
			t.Run(language+"/"+name, func(t *testing.T) { golden(t, language+"/"+name, text(m)) })
		}
	}
}

// TestGoldenMixed renders what stands together in one message, and a look that asks
// for nothing.
func TestGoldenMixed(t *testing.T) {
	disclaimer := card("Not medical advice")
	nearest := []answer.Heading{{Title: "A title", Section: "Close"}}
	german := elsewhere(t, "Moss tea is not safe.")
	for name, a := range map[string]answer.Answer{
		"decisive": {Outcome: answer.Answered, Quote: decided(t, "It is a *gland*. ", "It is small:\n- as a walnut.", " More follows.")},
		"contradicts": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Confidence: .9,
			Quote:       decided(t, "Moss is a plant. ", "Moss tea is safe.", ""),
			Contradicts: []answer.Quote{german},
			More:        []answer.Quote{elsewhere(t, "Moss tea is boiled."), {Article: "a-title", Title: "A title", Section: "Further on"}},
		},
		"safety-abstained": {Outcome: answer.Abstained, Tier: safety.TierSafety, Disclaimer: &disclaimer, Reason: answer.Withheld, Notice: "Ask somebody.", Nearest: nearest},
		"crisis-forbids":   {Outcome: answer.Answered, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis: talk to somebody")}, Quote: quote(t, "No."), Disclaimer: &disclaimer},
		"parts": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Quote: quote(t, "First."), Unasked: 2,
			Parts: []answer.Answer{
				{Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Quote: quote(t, "First."), Confidence: .99},
				{Outcome: answer.Abstained, Notice: "The articles do not say."},
				{Outcome: answer.Answered, Tier: safety.TierUrgent, Cards: []safety.Card{card("Urgent: see a doctor today")}, Quote: quote(t, "Third."), Confidence: .6},
			},
		},
		"empty": {},
	} {
		t.Run(name, func(t *testing.T) { golden(t, "mixed/"+name, text(renderer(t).Message(a, today(t)))) })
	}
}
