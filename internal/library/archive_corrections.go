package library

import (
	"encoding/json"
	"fmt"

	"verbatim/internal/article"
)

// correction refuses what cannot be kept of a correction.
func (c *checker) correction(row Row) error {
	for _, column := range []string{"was_place", "right_place"} {
		if err := c.place(column, row.Text(column)); err != nil {
			return err
		}
	}
	return c.replaced(row.Text("replaced"))
}

// place refuses what a correction cannot say of a place; the empty text says that there
// is none.
func (c *checker) place(column, text string) error {
	if text == "" {
		return nil
	}
	var place *Place
	if err := json.Unmarshal([]byte(text), &place); err != nil || place == nil {
		return fmt.Errorf(`%w: %q is not a place in an article`, article.ErrInvalid, column)
	}
	if err := textsFit(column, place.Article, string(place.Revision)); err != nil {
		return err
	}
	return c.piece(place.Revision, place.Start, place.End)
}

// replaced refuses records that gave way to a correction and could not be put back.
func (c *checker) replaced(text string) error {
	const column = "replaced"
	if text == "" {
		return nil
	}
	var r *Replaced
	if err := json.Unmarshal([]byte(text), &r); err != nil || r == nil {
		return fmt.Errorf(`%w: %q is not a list of records`, article.ErrInvalid, column)
	}
	for _, g := range r.Golden {
		v := g.Value
		if err := recordFits(column, g.ID, v.Question, string(v.Expect), v.Article, string(v.Revision), v.Tier, v.By); err != nil {
			return err
		}
		if err := c.piece(v.Revision, v.Start, v.End); err != nil {
			return err
		}
	}
	for _, p := range r.Preferences {
		v := p.Value
		if err := recordFits(column, p.ID, v.Question, v.Article, string(v.Revision), v.By); err != nil {
			return err
		}
		if err := c.piece(v.Revision, v.Start, v.End); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) piece(r article.Revision, start, end int) error {
	return c.span(Row{"revision": string(r), "start_at": int64(start), "end_at": int64(end)})
}

// recordFits refuses a record whose id or texts cannot be kept.
func recordFits(column, id string, texts ...string) error {
	if err := (Column{column, KeyColumn}).check(id); err != nil {
		return err
	}
	return textsFit(column, texts...)
}

// textsFit refuses texts that cannot be kept.
func textsFit(column string, texts ...string) error {
	for _, text := range texts {
		if err := (Column{column, TextColumn}).check(text); err != nil {
			return err
		}
	}
	return nil
}
