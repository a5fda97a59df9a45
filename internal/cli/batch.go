package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

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

// questions returns the questions of the line in order.
func (l batchLine) questions() ([]string, error) {
	switch {
	case len(l.ID) == 0 || string(l.ID) == "null":
		return nil, errors.New(`"id" is missing`)
	case l.Question != nil && len(l.Turns) > 0:
		return nil, errors.New(`give "question" or "turns", not both`)
	case l.Question != nil:
		return []string{*l.Question}, nil
	case len(l.Turns) == 0:
		return nil, errors.New(`"question" or "turns" is missing`)
	}
	var out []string
	for i, t := range l.Turns {
		if t.Question == nil {
			return nil, fmt.Errorf(`turn %d: "question" is missing`, i)
		}
		out = append(out, *t.Question)
	}
	return out, nil
}

// askBatch answers every good line in order and reports every bad one with its
// number; any bad line makes the exit code 1.
func (p *Program) askBatch(ctx context.Context, e *engine, path string, channel answer.Channel) error {
	in := p.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("%w: --batch %s: cannot be opened", article.ErrNotFound, path)
		}
		defer f.Close()
		in = f
	}
	out := bufio.NewWriter(p.Out)
	failed := false
	err := eachLine(in, func(number int, line []byte) error {
		if err := p.askLine(ctx, e, line, channel, out); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed = true
			fmt.Fprintf(p.Err, "verbatim: %s:%d: %s\n", path, number, plainError(err))
		}
		return nil
	})
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if failed {
		return exitCode(exitError)
	}
	return nil
}

func (p *Program) askLine(ctx context.Context, e *engine, line []byte, channel answer.Channel, out io.Writer) error {
	var l batchLine
	if err := json.Unmarshal(line, &l); err != nil {
		return fmt.Errorf("%w: not a JSON object of the expected form: %w", article.ErrInvalid, err)
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
		if err := writeJSON(out, object); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}

// eachLine calls visit with every line that is not blank, counting from 1. Lines
// may be of any length.
func eachLine(r io.Reader, visit func(number int, line []byte) error) error {
	br := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := br.ReadBytes('\n')
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := visit(number, line); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read: %w", err)
		}
	}
}
