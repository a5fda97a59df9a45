// Package cli is the command line: one file a command, and the one place where
// the parts are wired together.
//
// Rules of its output: what was asked for goes to standard output and nothing
// else does; notes and errors go to standard error; colour only on a terminal,
// and never under NO_COLOR; exit codes are 0 for answered and for abstained, 1
// for an error, 2 for wrong usage.
//
// The package holds no state of its own: streams, environment and clock arrive
// in a [Program], so that a test can run the whole program in its own process.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
)

// Exit codes of the program.
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
)

// Program is everything that a run takes from its surroundings.
type Program struct {
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Getenv  func(string) string
	Now     func() time.Time
	Version string

	// Interrupted returns a context that ends when the program is asked to leave.
	// Only commands with something to put in order take it; any other is ended by
	// the signal itself, at once, whatever it is reading or working on. Nil means
	// that nobody asks.
	Interrupted func(context.Context) (context.Context, context.CancelFunc)
}

// interruptible is Interrupted, or the context itself without one.
func (p *Program) interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	if p.Interrupted == nil {
		return context.WithCancel(ctx)
	}
	return p.Interrupted(ctx)
}

// usageError marks a command line that cannot be understood.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// exitCode carries an exit code whose reason was already printed.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Run runs one command line, args[0] being the program's name, and returns the
// exit code. It returns when the command is done or ctx ends.
func (p *Program) Run(ctx context.Context, args []string) int {
	err := p.root(args).Run(ctx, args)
	var code exitCode
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		fmt.Fprintf(p.Err, "verbatim: %s\n", usage.message)
		return exitUsage
	default:
		fmt.Fprintf(p.Err, "verbatim: %s\n", plainError(err))
		return exitError
	}
}

// root builds the command tree for one command line.
func (p *Program) root(args []string) *cli.Command {
	complete := p.completer(slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return arg == completionRequest }))
	root := &cli.Command{
		Name:    "verbatim",
		Usage:   "answers from trusted articles, only in the articles' own words",
		Version: p.Version,
		Description: "Every answer is a quoted excerpt with the author, what the author is, and\n" +
			"the date of the last update. Questions about health risk get a disclaimer\n" +
			"first, emergencies a card that says whom to call.\n\n" +
			example(`verbatim ask "Is prostate massage safe?"`),
		Commands: []*cli.Command{
			p.askCommand(), p.chatCommand(), p.articlesCommand(), p.serveCommand(), p.doctorCommand(), p.evalCommand(),
			p.safetyCommand(), p.kbCommand(), p.settingsCommand(), p.libraryCommand(), p.keyCommand(), p.backupCommand(), p.restoreCommand(),
		},
		EnableShellCompletion: true,
		ConfigureShellCompletionCommand: func(c *cli.Command) {
			p.describeCompletion(c)
			prepare(c, complete)
		},
		DisableSliceFlagSeparator: true,
		HideVersion:               false,
		Suggest:                   true,
		Reader:                    p.In,
		Writer:                    p.Out,
		ErrWriter:                 p.Err,
		ExitErrHandler:            func(context.Context, *cli.Command, error) {},
		OnUsageError:              onUsageError,
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return usageError{fmt.Sprintf("there is no command %q; see verbatim --help", c.Args().First())}
			}
			return cli.ShowRootCommandHelp(c)
		},
	}
	prepare(root, complete)
	return root
}

// prepare gives every command what the library does not inherit: the handling of
// wrong usage, and completion. A command without subcommands has no help command
// either, so that "verbatim ask help" asks for help.
func prepare(c *cli.Command, complete cli.ShellCompleteFunc) {
	c.OnUsageError = onUsageError
	c.DisableSliceFlagSeparator = true
	c.HideHelpCommand = len(c.Commands) == 0
	c.ShellComplete = complete
	for _, sub := range c.Commands {
		prepare(sub, complete)
	}
}

func onUsageError(_ context.Context, c *cli.Command, err error, _ bool) error {
	message := err.Error()
	if flag, ok := strings.CutPrefix(message, "flag provided but not defined: "); ok {
		message = fmt.Sprintf("there is no flag %q; put -- before a text that begins with a dash", flag)
	}
	return usageError{fmt.Sprintf("%s; see %s --help", message, c.FullName())}
}

// example renders the examples that every help text ends with.
func example(lines ...string) string {
	return "Example:\n  " + strings.Join(lines, "\n  ")
}

// today is the date against which future dates are refused.
func (p *Program) today() article.Date { return article.DateOf(p.Now()) }

// plainError takes the name of the error class off a message that says it anyway.
func plainError(err error) string {
	text := err.Error()
	for _, class := range []error{article.ErrInvalid, article.ErrNotFound, article.ErrConflict, article.ErrTooLarge, article.ErrUnavailable} {
		text = strings.TrimPrefix(text, class.Error()+": ")
	}
	return text
}
