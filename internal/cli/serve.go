package cli

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/discord"
)

func (p *Program) serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "runs the Discord bot until it is told to stop",
		Description: "Reads DISCORD_TOKEN or DISCORD_TOKEN_FILE, VERBATIM_ARTICLES (a file or\n" +
			"folder in place of the shipped article) and VERBATIM_DISCORD_API (default\n" + discord.DiscordAPI + ").\n" +
			"SIGTERM and SIGINT leave cleanly within five seconds.\n\n" +
			example("DISCORD_TOKEN_FILE=/run/secrets/discord verbatim serve"),
		Flags:  []cli.Flag{articlesFlag()},
		Action: p.serve,
	}
}

func (p *Program) serve(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"serve takes no argument"}
	}
	token, err := p.token()
	if err != nil {
		return err
	}
	if token == "" {
		return fmt.Errorf("%w: no bot token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it", article.ErrInvalid)
	}
	e, err := p.openEngine(ctx, p.articlePaths(c))
	if err != nil {
		return err
	}
	bot, err := discord.New(p.discordConfig(token), e)
	if err != nil {
		return err
	}
	ctx, release := p.interruptible(ctx)
	defer release()
	return bot.Run(ctx)
}

func (p *Program) discordConfig(token string) discord.Config {
	return discord.Config{
		Token:  token,
		API:    p.Getenv("VERBATIM_DISCORD_API"),
		Logger: slog.New(slog.NewTextHandler(p.Err, nil)),
	}
}

// token returns the bot token of the environment, "" when there is none.
func (p *Program) token() (string, error) {
	if token := strings.TrimSpace(p.Getenv("DISCORD_TOKEN")); token != "" {
		return token, nil
	}
	path := p.Getenv("DISCORD_TOKEN_FILE")
	if path == "" {
		return "", nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%w: DISCORD_TOKEN_FILE %s cannot be read", article.ErrNotFound, path)
	}
	return strings.TrimSpace(string(data)), nil
}
