package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// Question is one line of a set, or one turn of it. No Answers and no Meta means
// that the bot must abstain.
type Question struct {
	ID      string
	Turn    int // 0-based
	Text    string
	Answers []string
	Kind    string
	Meta    answer.MetaField // the front matter field that is also a right answer, if any
	Article string           // the name of the article that it is about, if the set says
}

// answerable reports whether there is a right answer, other than to be quiet.
func (q Question) answerable() bool { return len(q.Answers) > 0 || q.Meta != "" }

// Conversation is the questions that were asked one after the other.
type Conversation []Question

// ParseSet reads a JSON Lines set: {"id","question","answers","kind","meta","article"}
// or {"id","turns":[{"question","answers"}]} a line; other keys are ignored.
// An empty list of answers says that the bot must abstain; the key may be left out
// only beside meta, so that a misspelt one is not read as that. Lines that are not
// of that form, and ids that stand twice, are ErrInvalid, all of them, each with
// its number. So is a set without lines.
func ParseSet(src []byte) ([]Conversation, error) {
	var out []Conversation
	var errs []error
	seen := map[string]bool{}
	number := 0
	for line := range bytes.Lines(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		c, err := parseLine(line)
		if err == nil && seen[c[0].ID] {
			err = fmt.Errorf("id %q stands twice", c[0].ID)
		}
		if err != nil {
			errs = append(errs, &article.Problem{Line: number, Message: err.Error(), Fix: "each line is {id, question, answers, kind} or {id, turns}"})
			continue
		}
		seen[c[0].ID] = true
		out = append(out, c)
	}
	if len(out) == 0 && len(errs) == 0 {
		return nil, &article.Problem{Message: "the set has no questions", Fix: "each line is {id, question, answers, kind} or {id, turns}"}
	}
	return out, errors.Join(errs...)
}

// setTurn is what a line, or a turn of it, asks. Answers is nil when the key is
// missing.
type setTurn struct {
	Question string    `json:"question"`
	Answers  *[]string `json:"answers"`
}

// setLine is one line of a set. Turns is nil when the key is missing.
type setLine struct {
	setTurn
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`
	Meta    string    `json:"meta"`
	Article string    `json:"article"`
	Turns   []setTurn `json:"turns"`
}

func parseLine(line []byte) (Conversation, error) {
	var raw setLine
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, formError(err)
	}
	turns, err := raw.turns()
	if err != nil {
		return nil, err
	}
	if raw.Meta != "" && !slices.Contains(metaFields(), answer.MetaField(raw.Meta)) {
		return nil, fmt.Errorf("meta is %q, which is no field of the front matter", raw.Meta)
	}
	c := make(Conversation, 0, len(turns))
	for i, t := range turns {
		if err := t.check(raw.Meta != ""); err != nil {
			return nil, err
		}
		q := Question{ID: raw.ID, Turn: i, Text: t.Question, Kind: raw.Kind, Meta: answer.MetaField(raw.Meta), Article: raw.Article}
		if t.Answers != nil {
			q.Answers = *t.Answers
		}
		c = append(c, q)
	}
	return c, nil
}

// turns returns the turns of a line; one that has no list of them is one turn.
func (l setLine) turns() ([]setTurn, error) {
	switch {
	case strings.TrimSpace(l.ID) == "":
		return nil, errors.New("the id is missing")
	case l.Turns == nil:
		return []setTurn{l.setTurn}, nil
	case len(l.Turns) == 0:
		return nil, errors.New("turns is empty")
	case l.Question != "" || l.Answers != nil || l.Meta != "":
		return nil, errors.New("question, answers and meta do not go with turns")
	}
	return l.Turns, nil
}

// check says what is wrong with a turn. Answers may be missing when a field of the
// front matter is the right answer.
func (t setTurn) check(meta bool) error {
	switch {
	case strings.TrimSpace(t.Question) == "":
		return errors.New("a question is missing")
	case t.Answers == nil && !meta:
		return errors.New("answers is missing; an empty list says that the bot must abstain")
	case t.Answers == nil:
		return nil
	}
	for _, a := range *t.Answers {
		if strings.TrimSpace(a) == "" {
			return errors.New("an answer is blank")
		}
	}
	return nil
}

// metaFields are the fields of the front matter that questions are answered from.
func metaFields() []answer.MetaField {
	return []answer.MetaField{
		answer.FieldAuthor, answer.FieldAuthorBio, answer.FieldUpdated, answer.FieldPublished,
		answer.FieldTitle, answer.FieldCitation, answer.FieldContents,
	}
}

// formError says in plain words why a line could not be read.
func formError(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok || wrong.Field == "" {
		return fmt.Errorf("not JSON of the expected form: %w", err)
	}
	key := wrong.Field[strings.LastIndexByte(wrong.Field, '.')+1:]
	switch key {
	case "answers":
		return errors.New("answers is not a list of strings")
	case "turns":
		return errors.New("turns is not a list of {question, answers}")
	}
	return fmt.Errorf("%s is not a string", key)
}
