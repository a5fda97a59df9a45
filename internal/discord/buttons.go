package discord

import (
	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// button is a button to be made.
type button struct {
	action action
	label  locale.ID
	style  render.Style // Secondary when zero
	on     string
	page   int
}

// row makes a row of buttons, in the language of a reply. A button that cannot be
// made is left out.
func (b *Bot) row(q asked, buttons ...button) render.Row {
	words := b.wordsFor(q)
	var row render.Row
	for _, one := range buttons {
		if id := b.customID(q.owner(), token{one.action, one.on, one.page}); id != "" {
			row.Buttons = append(row.Buttons, render.Button{Label: words.Say(one.label, nil), ID: id, Style: one.style})
		}
	}
	return row
}

// customID makes a custom id, "" when there is nothing to make it with.
func (b *Bot) customID(owner string, t token) string {
	if b.sealer == nil {
		return ""
	}
	id, err := b.sealToken(owner, t)
	if err != nil {
		b.log.Error("a component could not be made", "error", err)
	}
	return id
}

// rows leaves out the rows that are empty.
func rows(all ...render.Row) []render.Row {
	var kept []render.Row
	for _, r := range all {
		if len(r.Buttons) > 0 || r.Menu != nil {
			kept = append(kept, r)
		}
	}
	return kept
}

// buttonsOf makes the components of an answer.
func (b *Bot) buttonsOf(q asked, a answer.Answer, e *entry) []render.Row {
	if b.reader == nil {
		return nil
	}
	last := b.helplineButton(q, a)
	if q.seenByAll() && e.lasting() {
		last.Buttons = append(last.Buttons, b.row(q, button{action: actRemove, label: locale.ButtonRemove, on: e.posted.ID}).Buttons...)
	}
	switch {
	case outcomeOf(a) == outcomeFailed || a.Outcome == answer.Help:
		return nil
	case a.Outcome == answer.CardOnly && !isBrief(q, a): // whole, and seen by its asker alone
		return nil
	case a.Outcome == answer.CardOnly:
		return rows(last)
	case isRestricted(a):
		return b.restrictedButtons(q, last)
	case e.posted.Quoted.Article != "":
		return b.quoteButtons(q, a, e, last)
	case a.Meta != nil:
		return b.metaButtons(q, a, e, last)
	}
	return b.headingButtons(q, a, last)
}

// helplineButton offers the whole of a card that is public and short, in private.
func (b *Bot) helplineButton(q asked, a answer.Answer) render.Row {
	if !isBrief(q, a) {
		return render.Row{}
	}
	keys := keysOf(a.Topics[:min(len(a.Topics), maxOn/keySize)]...)
	return b.row(q, button{action: actHelplines, label: locale.ButtonHelplines, style: render.Primary, on: keys})
}

// restrictedButtons offers where an age-restricted question can be asked, and in
// direct messages to be asked whether that is wanted.
func (b *Bot) restrictedButtons(q asked, last render.Row) []render.Row {
	switch {
	case b.canAgree(q):
		return rows(b.row(q, button{action: actOptIn, label: locale.ButtonOptIn}))
	case q.guild == "":
		return nil
	}
	row := b.row(q, button{action: actPointer, label: locale.ButtonWhere, style: render.Primary})
	row.Buttons = append(row.Buttons, last.Buttons...)
	return rows(row)
}

func (b *Bot) quoteButtons(q asked, a answer.Answer, e *entry, last render.Row) []render.Row {
	if !e.lasting() {
		return rows(last)
	}
	on := e.posted.ID
	first := []button{
		{action: actHelpful, label: locale.ButtonHelpful, on: on},
		{action: actNotHelpful, label: locale.ButtonNotHelpful, on: on},
	}
	if !a.Minor { // what was quoted is fit for them; what stands around it may not be
		first = append(first, button{action: actContext, label: locale.ButtonContext, on: on})
		if len(e.posted.Others) > 0 {
			first = append(first, button{action: actMore, label: locale.ButtonMore, on: on})
		}
	}
	first = append(first, button{action: actCite, label: locale.ButtonCite, on: on})
	second := last
	if q.guild != "" && q.private && mayBeShared(e.posted.Tier) && !a.Minor { // what is shared has all buttons
		second = b.row(q, button{action: actShare, label: locale.ButtonShare, on: on})
	}
	return rows(b.row(q, first...), second)
}

func (b *Bot) metaButtons(q asked, a answer.Answer, e *entry, last render.Row) []render.Row {
	var buttons []button
	if e.lasting() {
		buttons = []button{
			{action: actHelpful, label: locale.ButtonHelpful, on: e.posted.ID},
			{action: actNotHelpful, label: locale.ButtonNotHelpful, on: e.posted.ID},
		}
	}
	if a.Meta.Article != "" {
		buttons = append(buttons, button{action: actCiteArticle, label: locale.ButtonCite, on: keyOf(a.Meta.Article)})
	}
	return rows(b.row(q, buttons...), last)
}

// maxHeadings is how many of the nearest headings can be read by a button.
const maxHeadings = 2

// headingButtons offers what comes closest to an answer.
func (b *Bot) headingButtons(q asked, a answer.Answer, last render.Row) []render.Row {
	var row render.Row
	if !a.Minor {
		row.Buttons = b.nearestButtons(q, a.Nearest[:min(maxHeadings, len(a.Nearest))])
	}
	row.Buttons = append(row.Buttons, last.Buttons...)
	return rows(row)
}

// nearestButtons makes a button for each heading, once. Headings of two articles that
// read the same are told apart by the titles.
func (b *Bot) nearestButtons(q asked, headings []answer.Heading) []render.Button {
	var buttons []render.Button
	labels, places := make(map[string]bool), make(map[string]bool)
	for _, h := range headings {
		on, label := keysOf(h.Article, h.Section), render.Label(h.Section, h.Title)
		if labels[label] {
			label = render.Label(h.Title)
		}
		id := b.customID(q.owner(), token{action: actHeading, on: on})
		if id == "" || label == "" || labels[label] || places[on] {
			continue
		}
		labels[label], places[on] = true, true
		buttons = append(buttons, render.Button{Label: label, ID: id})
	}
	return buttons
}
