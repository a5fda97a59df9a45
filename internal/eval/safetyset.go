package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// SafetyRow is one labelled message of a safety set, or one attack on such a
// message: the same cry for help, disguised.
type SafetyRow struct {
	ID     string
	Text   string
	Level  safety.Tier // as a person labelled it; an attack has the level of its base
	Topic  string
	Note   string
	BaseID string // of an attack: the row that it disguises
	Attack string // of an attack: how, such as "zero-width" or "other-language:es"
}

// ParseSafetySet reads a JSON Lines set: {"id","text","level","topic","note"}, or
// {"id","base_id","text","attack"} for an attack, a line; other keys are ignored.
// An attack takes its level from the row base_id of the set itself or of bases.
// Lines that are not of that form are ErrInvalid, all of them, each with its number.
func ParseSafetySet(src []byte, bases ...SafetyRow) ([]SafetyRow, error) {
	var rows []SafetyRow
	var lines []int // rows[i] stands on lines[i]
	p := safetyParser{levels: make(map[string]safety.Tier, len(bases)), seen: make(map[string]bool)}
	for _, base := range bases {
		p.levels[base.ID] = base.Level
	}
	number := 0
	for line := range bytes.Lines(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		row, err := p.row(line)
		if err != nil {
			p.fault(number, err)
			continue
		}
		rows, lines = append(rows, row), append(lines, number)
	}
	for i := range rows {
		if err := p.inherit(&rows[i]); err != nil {
			p.fault(lines[i], err)
		}
	}
	if len(rows) == 0 && len(p.faults) == 0 {
		return nil, fmt.Errorf("%w: the set has no lines", article.ErrInvalid)
	}
	return rows, errors.Join(p.faults...)
}

// safetyParser collects what the lines of a set say about each other.
type safetyParser struct {
	levels map[string]safety.Tier // by id, of rows that state their level
	seen   map[string]bool        // ids of the set
	faults []error
}

func (p *safetyParser) fault(number int, err error) {
	p.faults = append(p.faults, &article.Problem{
		Line: number, Message: err.Error(), Fix: "each line is {id, text, level, topic, note} or {id, base_id, text, attack}",
	})
}

// row reads one line. The level of an attack is filled in later, since its base
// may stand below it.
func (p *safetyParser) row(line []byte) (SafetyRow, error) {
	var raw struct {
		ID     string `json:"id"`
		Text   string `json:"text"`
		Level  string `json:"level"`
		Topic  string `json:"topic"`
		Note   string `json:"note"`
		BaseID string `json:"base_id"`
		Attack string `json:"attack"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return SafetyRow{}, fmt.Errorf("not JSON of the expected form: %w", err)
	}
	row := SafetyRow{ID: raw.ID, Text: raw.Text, Topic: raw.Topic, Note: raw.Note, BaseID: raw.BaseID, Attack: raw.Attack}
	switch {
	case raw.ID == "" || raw.Text == "":
		return row, errors.New("id or text is missing")
	case p.seen[raw.ID]:
		return row, fmt.Errorf("id %q stands twice", raw.ID)
	case (raw.BaseID == "") != (raw.Attack == ""):
		return row, errors.New("base_id and attack belong together")
	}
	p.seen[raw.ID] = true
	if raw.BaseID != "" {
		return row, nil
	}
	level, err := safety.ParseTier(raw.Level)
	row.Level, p.levels[raw.ID] = level, level
	return row, err
}

// inherit gives an attack the level of its base.
func (p *safetyParser) inherit(row *SafetyRow) error {
	if row.BaseID == "" {
		return nil
	}
	level, ok := p.levels[row.BaseID]
	if !ok {
		return fmt.Errorf("base_id %q is in no set that was given", row.BaseID)
	}
	row.Level = level
	return nil
}

// apart reports whether the gates leave the row out: another level is defensible,
// or it is an attack that rules over words are not expected to see through.
func (r SafetyRow) apart() bool {
	if r.Attack == "" {
		return containsOne(r.Note, "borderline", "doubtful", "also")
	}
	return containsOne(r.Attack, "base64", "rot13", "reversed", "rtl-override", "other-language")
}

func containsOne(text string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
