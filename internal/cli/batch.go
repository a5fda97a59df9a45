package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// batchLine is one line of a batch file: a question, or the turns of a
// conversation. Other keys are ignored, so that evaluation sets can be read.
type batchLine struct {
	ID       json.RawMessage `json:"id"`
	Question *string         `json:"question"`
	Turns    []struct {
		Question *string `json:"question"`
	} `json:"turns"`
}

// maxBatchLine is the longest line of a batch file in bytes, with room for a
// conversation and for the escapes of JSON; a question in it has its own limit.
const maxBatchLine = 8 * maxQuestion

// parseBatchLine reads one line; its errors speak of JSON and not of Go.
func parseBatchLine(line []byte) (batchLine, error) {
	var l batchLine
	err := json.Unmarshal(line, &l)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what := "the line"
		if wrong.Field != "" {
			what = strconv.Quote(wrong.Field)
		}
		got, _, _ := strings.Cut(wrong.Value, " ")
		return l, fmt.Errorf("%w: %s must be %s in JSON, not %s", article.ErrInvalid, what, jsonName(wrong.Type), jsonNoun(got))
	}
	if err != nil {
		return l, fmt.Errorf("%w: not a JSON object of the expected form: %w", article.ErrInvalid, err)
	}
	return l, nil
}

// jsonName is what JSON calls a value that is read into a type of batchLine.
func jsonName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "an array"
	default:
		return "a string"
	}
}

// jsonNoun puts an article before the kinds of value that encoding/json names.
func jsonNoun(kind string) string {
	switch kind {
	case "object", "array":
		return "an " + kind
	case "bool":
		return "true or false"
	default:
		return "a " + kind
	}
}

// tooLong refuses a question beyond the limit, which keeps triage affordable.
func tooLong(question string) error {
	if len(question) > maxQuestion {
		return fmt.Errorf("%w: a question may have at most %d bytes", article.ErrTooLarge, maxQuestion)
	}
	return nil
}

// questions returns the questions of the line in order.
func (l batchLine) questions() ([]string, error) {
	switch {
	case len(l.ID) == 0 || string(l.ID) == "null":
		return nil, errors.New(`"id" is missing`)
	case l.Question != nil && len(l.Turns) > 0:
		return nil, errors.New(`give "question" or "turns", not both`)
	case l.Question != nil:
		return []string{*l.Question}, tooLong(*l.Question)
	case len(l.Turns) == 0:
		return nil, errors.New(`"question" or "turns" is missing`)
	}
	var out []string
	for i, t := range l.Turns {
		if t.Question == nil {
			return nil, fmt.Errorf(`turn %d: "question" is missing`, i)
		}
		if err := tooLong(*t.Question); err != nil {
			return nil, fmt.Errorf("%w, and turn %d has more", err, i)
		}
		out = append(out, *t.Question)
	}
	return out, nil
}

// askBatch answers every good line in order and reports every bad one with its
// number; any bad line makes the exit code 1.
func (p *Program) askBatch(ctx context.Context, e asker, path string, channel answer.Channel) error {
	in := p.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("%w: --batch %s: cannot be opened", article.ErrNotFound, path)
		}
		defer f.Close()
		in = f
	}
	failed := false
	lines := newLineScanner(in, maxBatchLine)
	for number := 1; ; number++ {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return exitWith(failed)
		}
		if err != nil && !errors.Is(err, article.ErrTooLarge) {
			return err
		}
		if err == nil {
			err = p.askLine(ctx, e, line, channel)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = true
			fmt.Fprintf(p.Err, "verbatim: %s:%d: %s\n", path, number, plainError(err))
		}
	}
}

// exitWith is the exit code 1 when something failed that was already reported.
func exitWith(failed bool) error {
	if failed {
		return exitCode(exitError)
	}
	return nil
}

// askLine answers one line of a batch, each question as soon as it is read.
func (p *Program) askLine(ctx context.Context, e asker, line []byte, channel answer.Channel) error {
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	l, err := parseBatchLine(line)
	if err != nil {
		return err
	}
	questions, err := l.questions()
	if err != nil {
		return err
	}
	var conversation answer.Conversation
	var errs []error
	for i, text := range questions {
		ans, err := e.Ask(ctx, answer.Question{Text: text, Channel: channel, Conversation: conversation})
		errs = append(errs, err)
		conversation = conversation.With(answer.TurnOf(text, ans))
		object := answerJSON(ans)
		object.ID = l.ID
		if len(l.Turns) > 0 {
			object.Turn = &i
		}
		if err := writeJSON(p.Out, object); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}
