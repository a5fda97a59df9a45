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
	remove := render.Row{}
	if q.seenByAll() && e.lasting() {
		remove = b.row(q, button{action: actRemove, label: locale.ButtonRemove, on: e.posted.ID})
	}
	switch {
	case outcomeOf(a) == outcomeFailed || a.Outcome == answer.Help:
		return nil
	case a.Outcome == answer.CardOnly:
		return b.cardButtons(q, a, remove)
	case isRestricted(a):
		return b.restrictedButtons(q, remove)
	case e.posted.Quoted.Article != "":
		return b.quoteButtons(q, a, e, remove)
	case a.Meta != nil:
		return b.metaButtons(q, a, e, remove)
	}
	return b.headingButtons(q, a, remove)
}

// cardButtons offers the whole of a card that is public and short, in private.
func (b *Bot) cardButtons(q asked, a answer.Answer, remove render.Row) []render.Row {
	if !q.message || q.guild == "" {
		return nil
	}
	keys := keysOf(a.Topics[:min(len(a.Topics), maxOn/keySize)]...)
	row := b.row(q, button{action: actHelplines, label: locale.ButtonHelplines, style: render.Primary, on: keys})
	row.Buttons = append(row.Buttons, remove.Buttons...)
	return rows(row)
}

// restrictedButtons offers where an age-restricted question can be asked, and in
// direct messages to be asked whether that is wanted.
func (b *Bot) restrictedButtons(q asked, remove render.Row) []render.Row {
	switch {
	case b.canAgree(q):
		return rows(b.row(q, button{action: actOptIn, label: locale.ButtonOptIn}))
	case q.guild == "":
		return nil
	}
	row := b.row(q, button{action: actPointer, label: locale.ButtonWhere, style: render.Primary})
	row.Buttons = append(row.Buttons, remove.Buttons...)
	return rows(row)
}

func (b *Bot) quoteButtons(q asked, a answer.Answer, e *entry, remove render.Row) []render.Row {
	if !e.lasting() {
		return nil
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
	second := remove
	if q.guild != "" && q.private && mayBeShared(e.posted.Tier) {
		second = b.row(q, button{action: actShare, label: locale.ButtonShare, on: on})
	}
	return rows(b.row(q, first...), second)
}

func (b *Bot) metaButtons(q asked, a answer.Answer, e *entry, remove render.Row) []render.Row {
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
	return rows(b.row(q, buttons...), remove)
}

// maxHeadings is how many of the nearest headings can be read by a button.
const maxHeadings = 2

// headingButtons offers what comes closest to an answer.
func (b *Bot) headingButtons(q asked, a answer.Answer, remove render.Row) []render.Row {
	var row render.Row
	if !a.Minor {
		for _, h := range a.Nearest[:min(maxHeadings, len(a.Nearest))] {
			id := b.customID(q.owner(), token{action: actHeading, on: keysOf(h.Article, h.Section)})
			if label := render.Label(h.Section, h.Title); id != "" && label != "" {
				row.Buttons = append(row.Buttons, render.Button{Label: label, ID: id})
			}
		}
	}
	if len(row.Buttons) == 2 && row.Buttons[0].ID == row.Buttons[1].ID {
		row.Buttons = row.Buttons[:1]
	}
	row.Buttons = append(row.Buttons, remove.Buttons...)
	return rows(row)
}
