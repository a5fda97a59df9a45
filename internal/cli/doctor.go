package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord"
	"verbatim/internal/search"
)

func (p *Program) doctorCommand() *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "checks the set-up, a line each with what to do",
		Description: "Checks configuration, knowledge, database, key file, token and whether\n" +
			"Discord's API can be reached; it changes nothing. Exit code 1 when something\n" +
			"must be mended before serve can work.\n\n" +
			example("verbatim doctor"),
		Flags:  []cli.Flag{articlesFlag()},
		Action: p.doctor,
	}
}

// finding is the outcome of one check.
type finding struct {
	level  level
	name   string
	detail string
}

type level string

const (
	good level = "ok"
	warn level = "warn"
	bad  level = "FAIL"
)

// reachTimeout bounds the check of Discord's API.
const reachTimeout = 5 * time.Second

func (p *Program) doctor(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"doctor takes no argument"}
	}
	token, tokenFinding := p.checkToken()
	look := p.lookAtDatabase(ctx)
	findings := []finding{
		p.checkConfiguration(),
		p.checkContent(),
		p.checkKnowledge(ctx, p.articlePaths(c)),
		checkDatabase(look),
		p.checkKeyFile(look.Key),
		tokenFinding,
		p.checkReach(ctx, token),
	}
	failed := false
	for _, f := range findings {
		fmt.Fprintf(p.Out, "%-5s %-14s %s\n", f.level, f.name, f.detail)
		failed = failed || f.level == bad
	}
	if failed {
		return exitCode(exitError)
	}
	return nil
}

// checkConfiguration looks for settings that contradict each other, or that serve
// would refuse.
func (p *Program) checkConfiguration() finding {
	const name = "configuration"
	api := p.Getenv("VERBATIM_DISCORD_API")
	if apiMisplaced(api) {
		return finding{bad, name, "VERBATIM_DISCORD_API must begin with https:// or http://"}
	}
	if _, err := p.serverSettings(); err != nil {
		return finding{bad, name, plainError(err)}
	}
	switch {
	case p.Getenv("DISCORD_TOKEN") != "" && p.Getenv("DISCORD_TOKEN_FILE") != "":
		return finding{warn, name, "DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set; the first is used: unset one"}
	case api != "":
		return finding{good, name, "Discord's API is taken from VERBATIM_DISCORD_API: " + api}
	}
	return finding{good, name, "defaults"}
}

// checkContent says which messages serve hears of.
func (p *Program) checkContent() finding {
	const name = "messages"
	switch on, err := p.messageContent(); {
	case err != nil:
		return finding{bad, name, plainError(err)}
	case on:
		return finding{good, name, envContent + " is on: the Message Content Intent must be on as well, on the application's Bot page"}
	}
	return finding{good, name, "only those said to the bot; auto-channels and forum-channels need " + envContent + "=on"}
}

// apiMisplaced reports whether the address of the API cannot be one.
func apiMisplaced(api string) bool {
	return api != "" && !strings.HasPrefix(api, "http://") && !strings.HasPrefix(api, "https://")
}

// checkKnowledge loads everything and looks one passage up.
func (p *Program) checkKnowledge(ctx context.Context, paths []string) finding {
	const name = "knowledge"
	e, err := p.openEngine(ctx, paths)
	if err != nil {
		return finding{bad, name, firstLine(plainError(err))}
	}
	if err := searchable(ctx, e.index); err != nil {
		return finding{bad, name, "the articles cannot be searched: " + firstLine(plainError(err))}
	}
	passages := 0
	for _, a := range e.index.Articles() {
		passages += len(a.Passages)
	}
	return finding{good, name, fmt.Sprintf("%s, %s, %s",
		counted(len(e.index.Articles()), "article"), counted(passages, "passage"), counted(len(e.rules.Topics()), "safety topic"))}
}

// searchable looks up the first passage of each article, which must find something.
func searchable(ctx context.Context, library answer.Library) error {
	for _, a := range library.Articles() {
		if len(a.Passages) == 0 {
			return fmt.Errorf("%w: %q has no passage", article.ErrNotFound, a.Meta.Title)
		}
		first := a.Passages[0]
		found, err := library.Find(ctx, search.Query{Text: a.Canonical[first.Start:first.End]})
		if err != nil {
			return err
		}
		if len(found.Candidates) == 0 {
			return fmt.Errorf("%w: the first passage of %q is not found by its own words", article.ErrUnavailable, a.Meta.Title)
		}
	}
	return nil
}

func (p *Program) checkToken() (string, finding) {
	const name = "token"
	token, err := p.token()
	switch {
	case err != nil:
		return "", finding{bad, name, plainError(err)}
	case token == "":
		return "", finding{warn, name, "none; serve needs DISCORD_TOKEN or DISCORD_TOKEN_FILE, ask and chat do not"}
	}
	if err := discord.CheckToken(token); err != nil {
		return token, finding{bad, name, plainError(err)}
	}
	return token, finding{good, name, "has the form of a bot token"}
}

// checkReach fails only where serve was meant to run; elsewhere it is a note.
func (p *Program) checkReach(ctx context.Context, token string) finding {
	const name = "discord"
	if apiMisplaced(p.Getenv("VERBATIM_DISCORD_API")) {
		return finding{warn, name, "not tried; mend the configuration first"}
	}
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	err := discord.Reach(ctx, p.discordConfig(token))
	if err == nil {
		return finding{good, name, "the API answers"}
	}
	f := finding{bad, name, firstLine(plainError(err)) + "; check the network and VERBATIM_DISCORD_API"}
	if token == "" {
		f.level = warn
	}
	return f
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func firstLine(text string) string {
	line, _, more := strings.Cut(text, "\n")
	if more {
		line += " (and more: see verbatim ask)"
	}
	return line
}
