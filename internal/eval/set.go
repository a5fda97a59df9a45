package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

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
// or {"id","turns":[{"question","answers"}]} a line; other keys are ignored. A
// line that is not of that form is ErrInvalid with its number.
func ParseSet(src []byte) ([]Conversation, error) {
	var out []Conversation
	var errs []error
	number := 0
	for line := range bytes.Lines(src) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		c, err := parseLine(line)
		if err != nil {
			errs = append(errs, &article.Problem{Line: number, Message: err.Error(), Fix: "each line is {id, question, answers, kind} or {id, turns}"})
			continue
		}
		out = append(out, c)
	}
	return out, errors.Join(errs...)
}

func parseLine(line []byte) (Conversation, error) {
	type turn struct {
		Question string   `json:"question"`
		Answers  []string `json:"answers"`
	}
	var raw struct {
		turn
		ID      string `json:"id"`
		Kind    string `json:"kind"`
		Meta    string `json:"meta"`
		Article string `json:"article"`
		Turns   []turn `json:"turns"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, fmt.Errorf("not JSON of the expected form: %w", err)
	}
	if len(raw.Turns) == 0 {
		raw.Turns = []turn{raw.turn}
	}
	var c Conversation
	for i, t := range raw.Turns {
		if t.Question == "" {
			return nil, errors.New("a question is missing")
		}
		c = append(c, Question{
			ID: raw.ID, Turn: i, Text: t.Question, Answers: t.Answers, Kind: raw.Kind,
			Meta: answer.MetaField(raw.Meta), Article: raw.Article,
		})
	}
	return c, nil
}
