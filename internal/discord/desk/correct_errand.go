package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// errand is why a moderator looks for a passage: to correct an answer, to close a gap
// or to fix an expectation. It is kept from one step of the dialog to the next.
type errand struct {
	Purpose string          `json:"purpose"`
	Subject string          `json:"subject,omitempty"` // id of the posted answer, or of the first question of a gap
	Places  []library.Place `json:"places"`            // those that are offered
}

// The purposes of an errand, of one byte each.
const (
	forAnswer = "c"
	forGap    = "g"
	forGolden = "t"
)

// Names of the fields of forms.
const (
	inSearch   = "search"
	inQuestion = "question"
)

// maxWords is how many characters a form takes for a question.
const maxWords = 4000

// otherPassages offers those that were found for a posted answer beside the quoted one.
func (d *Desk) otherPassages(ctx context.Context, u Use) (Reply, error) {
	p, err := d.Answers.PostedByID(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, gone(err)
	}
	var found []bench.ExplainedPassage
	for _, place := range slices.Concat(p.Others, p.Against) {
		was, err := d.Reader.Recall(ctx, u.Guild, place)
		if err != nil || was.Standing != library.Current {
			continue // a passage that is not answered from any more is no choice
		}
		found = append(found, bench.ExplainedPassage{Title: was.Quote.Title, Section: was.Quote.Section, Place: place, Excerpt: was.Quote.Text})
	}
	if len(found) == 0 {
		m := panel("Which passage answers?", "The bot found no other passage at the time. Search for the right one.")
		return with(m, row(styled(u.button("Search…", actSearch, forAnswer+p.ID, 0), render.Primary), u.backFrom(forAnswer, p.ID))), nil
	}
	return d.offer(ctx, u, errand{Purpose: forAnswer, Subject: p.ID}, "Which passage answers?",
		"These were found beside the quoted one. If the right one is not here, search for it.", found)
}

// gone says that a posted answer is not kept any more.
func gone(err error) error {
	if errors.Is(err, article.ErrNotFound) {
		return fmt.Errorf("%w: this answer is not kept any more, so there is nothing left to correct", article.ErrNotFound)
	}
	return err
}

// search opens the form of a search, and shows what was found.
func (d *Desk) search(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		return Reply{Form: &api.Modal{ID: u.Seal(actSearch, u.On, 0), Title: "Search for the right passage", Inputs: []api.Input{
			{ID: inSearch, Label: "Words to search for", Hint: "Such as words that stand in the passage", Required: true, Max: 300},
		}}}, nil
	}
	if u.On == "" {
		return Reply{}, fmt.Errorf("%w: begin again from the answer", article.ErrInvalid)
	}
	text := u.Inputs[inSearch]
	found, err := d.Bench.Search(ctx, u.Guild, text, 10)
	if err != nil {
		return Reply{}, err
	}
	e := errand{Purpose: u.On[:1], Subject: u.On[1:]}
	if len(found) == 0 {
		m := panel("Nothing was found", "No passage was found for “"+plain(text, 300)+"”. Try words that stand in the article itself. Words that call for a safety card find nothing.")
		return with(m, row(styled(u.button("Search again…", actSearch, u.On, 0), render.Primary), u.backFrom(e.Purpose, e.Subject))), nil
	}
	return d.offer(ctx, u, e, "Which passage answers?", "Found for “"+plain(text, 300)+"”, the best first.", found)
}

// offer shows passages to choose from.
func (d *Desk) offer(ctx context.Context, u Use, e errand, title, intro string, found []bench.ExplainedPassage) (Reply, error) {
	found = found[:min(10, len(found))]
	entries := make([]render.Entry, len(found))
	for i, f := range found {
		e.Places = append(e.Places, f.Place)
		name := strconv.Itoa(i+1) + ". " + headingText(f.Title, f.Section)
		begins := oneLine(f.Excerpt)
		entries[i] = render.Entry{Label: inMenu(name), Value: strconv.Itoa(i), Detail: inMenu(begins)}
	}
	value, err := json.Marshal(e)
	if err != nil {
		return Reply{}, fmt.Errorf("%w: the passages: %w", article.ErrInvalid, err)
	}
	name, err := d.Bench.Note(ctx, u.Guild, value)
	if err != nil {
		return Reply{}, err
	}
	m := panel(title, intro, shortened(roomy-300, func(most int) []string {
		lines := make([]string, len(found))
		for i, f := range found {
			lines[i] = fmt.Sprintf("**%d.** %s: %s", i+1, plain(headingText(f.Title, f.Section), most), plain(f.Excerpt, most))
		}
		return lines
	}))
	again := u.button("Search…", actSearch, e.Purpose+e.Subject, 0)
	menu := u.menu(actChoose, name, "Choose the passage that answers…", entries)
	if e.Purpose != forAnswer {
		menu.Menu.ID = u.Seal(actChoose, name, wordsNeeded)
	}
	return with(m, menu, row(again, u.backFrom(e.Purpose, e.Subject))), nil
}

// backFrom leads back to where the search for a passage began.
func (u Use) backFrom(purpose, subject string) render.Button {
	switch purpose {
	case forAnswer:
		return u.button("Back", actPosted, subject, 0)
	case forGap:
		return u.button("Back", actGaps, "", 0)
	}
	return u.button("Back", actGoldenAdd, "", 0)
}

// wordsNeeded is the page of a menu of passages behind which a question must be given.
const wordsNeeded = 1

// choose asks for the question in the moderator's own words, and does with the chosen
// passage what it was looked for.
func (d *Desk) choose(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		n, err := strconv.Atoi(strings.Join(u.Values, ""))
		if err != nil {
			return Reply{}, fmt.Errorf("%w: choose one of the passages", article.ErrInvalid)
		}
		return askWords(u.Seal(actChoose, u.On, n), u.Page == wordsNeeded), nil
	}
	value, err := d.Bench.Noted(ctx, u.Guild, u.On)
	if err != nil {
		return d.kept(ctx, u, err), nil
	}
	var e errand
	if err := json.Unmarshal(value, &e); err != nil || u.Page >= len(e.Places) {
		return Reply{}, fmt.Errorf("%w: this dialog cannot be gone on with; begin again", article.ErrInvalid)
	}
	switch place := e.Places[u.Page]; e.Purpose {
	case forAnswer:
		return d.repair(ctx, u, bench.Repair{Answer: e.Subject, Kind: library.WrongPassage, Right: &place})
	case forGap:
		return d.point(ctx, u, e.Subject, place)
	default:
		return d.expect(ctx, u, library.Golden{
			Expect: library.ExpectQuote, Article: place.Article, Revision: place.Revision, Start: place.Start, End: place.End,
		})
	}
}

// askWords is the form that asks for a question in the moderator's own words. It is
// never filled in: what a member wrote is nobody's to keep.
func askWords(id string, required bool) Reply {
	hint := "Not the member's words. If you leave it empty, only this one answer is changed."
	if required {
		hint = "As somebody could ask it. Not the words of a member."
	}
	return Reply{Form: &api.Modal{ID: id, Title: "The question, in your own words", Inputs: []api.Input{
		{ID: inQuestion, Label: "The question, in your own words", Hint: hint, Long: true, Required: required, Max: maxWords},
	}}}
}

// kept is the reply to a form that could not be taken: why, and what was typed, so that
// it is not lost.
func (d *Desk) kept(ctx context.Context, u Use, err error) Reply {
	m := d.failed(ctx, "That did not work", err)
	if text := strings.TrimSpace(u.Inputs[inQuestion]); text != "" {
		m.Embeds[0].Description += "\n\nThis is what you wrote, to copy:"
		m = whole(m, "question.txt", text)
	}
	return Reply{Show: &m}
}
