package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/peterh/liner"
	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

func (p *Program) chatCommand() *cli.Command {
	return &cli.Command{
		Name:  "chat",
		Usage: "a conversation in the terminal",
		Description: "Each line is a question; the ones before it are remembered, up to six. Arrow\n" +
			"keys edit and recall; Ctrl-D leaves. Also reads questions from a pipe, one a\n" +
			"line.\n" + articlesHelp + "\n" +
			example("verbatim chat", `printf 'who wrote this\nfrom where\n' | verbatim chat`),
		Flags:  []cli.Flag{articlesFlag(), asGuildFlag(), channelFlag()},
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
	e, closing, err := p.openAsker(ctx, c)
	if err != nil {
		return err
	}
	defer closing()
	ctx, release := p.interruptible(ctx)
	defer release()
	lines, leave := p.openLines()
	defer leave() // also when a signal ends the chat: it restores the terminal

	// Neither reading a line nor answering it can be broken off, so an interrupted
	// conversation is left behind, for the few moments that the program still has.
	ended := make(chan error, 1)
	go func() {
		ended <- p.converse(ctx, e, channel, lines)
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		if _, prompted := lines.(promptedLines); prompted {
			fmt.Fprintln(p.Err) // what comes next does not belong to the prompt
		}
		return exitCode(exitError)
	}
}

// lineReader yields the lines that a person types; io.EOF ends them, and
// ErrTooLarge refuses one of them.
type lineReader interface{ next() (string, error) }

func (p *Program) converse(ctx context.Context, e asker, channel answer.Channel, lines lineReader) error {
	var conversation answer.Conversation
	for {
		text, err := lines.next()
		text = controlSequence.ReplaceAllString(text, "")
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, article.ErrTooLarge):
			fmt.Fprintf(p.Err, "verbatim: %s\n", plainError(err))
			continue
		case err != nil:
			return err
		case strings.TrimSpace(text) == "":
			continue
		}
		ans, err := e.Ask(ctx, answer.Question{Text: text, Channel: channel, Conversation: conversation})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if werr := p.terminal().writeAnswer(ans); werr != nil {
			return werr
		}
		if err != nil {
			fmt.Fprintf(p.Err, "verbatim: %s\n", plainError(err))
		}
		conversation = conversation.With(answer.TurnOf(text, ans))
	}
}

// controlSequence matches what a terminal sends for an arrow key and its like
// (ECMA-48, 5.4) where no line editor takes it, as on one without a width.
var controlSequence = regexp.MustCompile(`\x1b(?:\[[0-?]*[ -/]*|O)[@-~]`)

// openLines returns an editing prompt on a terminal, and the plain lines of the
// input otherwise. leave restores the terminal.
func (p *Program) openLines() (lines lineReader, leave func()) {
	if p.In != os.Stdin || !isTerminal(p.In) || !isTerminal(p.Out) || p.Getenv("TERM") == "dumb" {
		return plainLines{newLineScanner(p.In, maxQuestion)}, func() {}
	}
	state := liner.NewLiner()
	state.SetCtrlCAborts(true)
	fmt.Fprintln(p.Err, "Ask a question; Ctrl-D leaves.")
	return promptedLines{state}, func() { _ = state.Close() }
}

type plainLines struct{ lines *lineScanner }

func (l plainLines) next() (string, error) {
	line, err := l.lines.next()
	return string(line), err
}

type promptedLines struct{ state *liner.State }

func (l promptedLines) next() (string, error) {
	line, err := l.state.Prompt("? ")
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, liner.ErrPromptAborted):
		return "", io.EOF
	case err != nil:
		return "", fmt.Errorf("read: %w", err)
	case strings.TrimSpace(line) != "":
		l.state.AppendHistory(line)
	}
	return line, tooLong(line)
}
