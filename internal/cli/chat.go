package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/peterh/liner"
	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
)

func (p *Program) chatCommand() *cli.Command {
	return &cli.Command{
		Name:  "chat",
		Usage: "a conversation in the terminal",
		Description: "Each line is a question; the ones before it are remembered, up to six. Arrow keys edit\n" +
			"and recall; Ctrl-D leaves. Also reads questions from a pipe, one a line.\n\n" +
			example("verbatim chat", `printf 'who wrote this\nfrom where\n' | verbatim chat`),
		Flags:  []cli.Flag{articlesFlag(), channelFlag()},
		Action: p.chat,
	}
}

func (p *Program) chat(ctx context.Context, c *cli.Command) error {
	channel, err := parseChannel(c.String("channel"))
	if err != nil {
		return err
	}
	if c.Args().Present() {
		return usageError{"chat takes no question; type it at the prompt, or use verbatim ask"}
	}
	e, err := p.openEngine(ctx, p.articlePaths(c))
	if err != nil {
		return err
	}
	defer e.Close()
	lines, leave := p.openLines()
	defer leave()
	return p.converse(ctx, e, channel, lines)
}

// lineReader yields the lines that a person types; io.EOF ends them.
type lineReader interface{ next() (string, error) }

func (p *Program) converse(ctx context.Context, e *engine, channel answer.Channel, lines lineReader) error {
	var conversation answer.Conversation
	for ctx.Err() == nil {
		text, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		ans, err := e.Ask(ctx, answer.Question{Text: text, Channel: channel, Conversation: conversation})
		if werr := p.terminal().writeAnswer(ans); werr != nil {
			return werr
		}
		if err != nil {
			fmt.Fprintf(p.Err, "verbatim: %s\n", plainError(err))
		}
		conversation = conversation.With(answer.TurnOf(text, ans))
	}
	return ctx.Err()
}

// openLines returns an editing prompt on a terminal, and the plain lines of the
// input otherwise. leave restores the terminal.
func (p *Program) openLines() (lines lineReader, leave func()) {
	if p.In != os.Stdin || !isTerminal(p.In) || !isTerminal(p.Out) || p.Getenv("TERM") == "dumb" {
		return &pipedLines{bufio.NewReader(p.In)}, func() {}
	}
	state := liner.NewLiner()
	state.SetCtrlCAborts(true)
	fmt.Fprintln(p.Err, "Ask a question; Ctrl-D leaves.")
	return promptedLines{state}, func() { _ = state.Close() }
}

type pipedLines struct{ r *bufio.Reader }

func (l *pipedLines) next() (string, error) {
	line, err := l.r.ReadString('\n')
	if err == nil || (errors.Is(err, io.EOF) && line != "") {
		return line, nil
	}
	return "", err
}

type promptedLines struct{ state *liner.State }

func (l promptedLines) next() (string, error) {
	line, err := l.state.Prompt("? ")
	if errors.Is(err, liner.ErrPromptAborted) {
		return "", io.EOF
	}
	if err == nil && strings.TrimSpace(line) != "" {
		l.state.AppendHistory(line)
	}
	return line, err
}
