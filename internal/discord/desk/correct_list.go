package desk

import (
	"context"
	"fmt"
	"strconv"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// pageLength is how many entries of a list are shown at a time.
const pageLength = 10

// pageOf cuts a page out of a list of n entries; a page beyond the last one is the last.
func pageOf(page, n int) (from, to, shown int) {
	last := max(0, (n-1)/pageLength)
	shown = min(max(page, 0), last)
	return shown * pageLength, min(n, (shown+1)*pageLength), shown
}

// turn are the buttons to the pages before and after one; more says that there is one
// after it.
func (u Use) turn(a Action, page int, newer, older string, more bool) []render.Button {
	var buttons []render.Button
	if page > 0 {
		buttons = append(buttons, u.button(newer, a, "", page-1))
	}
	if more {
		buttons = append(buttons, u.button(older, a, "", page+1))
	}
	return buttons
}

// corrections lists what was corrected, newest first.
func (d *Desk) corrections(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Bench.Corrections(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	if len(all) == 0 {
		return say("Nothing was corrected yet. To correct an answer, open the menu of its message (right-click, or hold it), choose Apps, then “" + CommandCorrect + "”."), nil
	}
	from, to, page := pageOf(u.Page, len(all))
	var entries []render.Entry
	for i, c := range all[from:to] {
		n := from + i + 1
		entries = append(entries, render.Entry{
			Label: inMenu(strconv.Itoa(n) + ". " + correctionWords(c.Correction)), Value: c.ID, Detail: inMenu(oneLine(c.Question)),
		})
	}
	m := panel("Corrections", fmt.Sprintf("%s, the newest first.", counted(len(all), "correction", "corrections")), shortened(roomy, func(most int) []string {
		lines := make([]string, 0, pageLength)
		for i, c := range all[from:to] {
			lines = append(lines, fmt.Sprintf("**%d.** %s", from+i+1, correctionLine(c, most)))
		}
		return lines
	}))
	return with(m, u.menu(actCorrection, "", "Look at one, or undo it…", entries),
		row(u.turn(actCorrections, page, "Newer", "Older", to < len(all))...)), nil
}

// correctionLine is a correction in a list.
func correctionLine(c bench.Corrected, most int) string {
	line := fmt.Sprintf("%s: %s, by %s", moment(c.Correction.At, 'd'), correctionWords(c.Correction), person(c.Correction.By))
	if c.Question != "" {
		line += "\n  “" + plain(c.Question, most) + "”"
	}
	if c.Undone && c.Correction.Kind != library.RemoveAnswer {
		line += "\n  Nothing of it is in force any more."
	}
	return line
}

// correction shows one correction with the button that undoes it.
func (d *Desk) correction(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Bench.Corrections(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	for _, c := range all {
		if len(u.Values) == 1 && c.ID == u.Values[0] {
			m := panel("Undo this correction?", correctionLine(c, 1000), undoes(c))
			return with(m, row(styled(u.button("Undo it", actUndo, c.ID, 0), render.Danger), u.button("Back", actCorrections, "", 0))), nil
		}
	}
	return Reply{}, fmt.Errorf("%w: this correction is not there any more; somebody has undone it", article.ErrNotFound)
}

// undoes says what undoing a correction does.
func undoes(c bench.Corrected) string {
	var lines []string
	switch {
	case c.Question == "":
	case c.Correction.Kind == library.RightAnswer || c.Correction.Kind == library.WrongTier:
		lines = append(lines, "Its test goes. Answers do not change.")
	default:
		lines = append(lines, "Questions like this one are answered as if nobody had corrected anything, and its test goes.")
	}
	switch {
	case c.Correction.Answer == "" || c.Correction.Kind == library.RightAnswer:
	case c.Correction.Kind == library.RemoveAnswer:
		lines = append(lines, "The message was removed and does not come back.")
	default:
		lines = append(lines, "If the message still stands, what was changed in it is taken back. If it was removed, it does not come back.")
	}
	return list(lines, len(lines))
}

// undo takes a correction back.
func (d *Desk) undo(ctx context.Context, u Use) (Reply, error) {
	if err := d.Bench.Undo(ctx, u.Guild, u.On, u.Act("")); err != nil {
		return Reply{}, err
	}
	m := panel("Undone", "The correction is taken back. What it did to a message that still stands is being taken back as well.")
	return with(m, row(u.button("Back to the corrections", actCorrections, "", 0))), nil
}
