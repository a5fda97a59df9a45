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
		Description: "Reads DISCORD_TOKEN or DISCORD_TOKEN_FILE. What it keeps is in\n" +
			"VERBATIM_DATABASE: sqlite:PATH (verbatim.db in the user's data folder when\n" +
			"unset), or postgres://user@host/name, which several processes may share: each\n" +
			"holds some of the gateway's shards and takes over those of one that ends.\n" +
			"Changes by other commands, such as verbatim kb and settings, are picked up\n" +
			"while it runs.\n\n" +
			"  VERBATIM_ARTICLES      a file or folder in place of the shipped article\n" +
			"  VERBATIM_KEY_FILE      the key that hides who asked, the same for all\n" +
			"                         processes; beside the database when unset\n" +
			"  VERBATIM_INDEX_MEMORY  memory for servers' own indexes (256MB)\n" +
			"  VERBATIM_SHARDS        auto, or a number of shards\n" +
			"  VERBATIM_LEASE_TTL     how long a silent process keeps its shards (30s)\n" +
			"  VERBATIM_METRICS       host:port for /metrics and /healthz; off when unset\n" +
			"  VERBATIM_DISCORD_API   default " + discord.DiscordAPI + "\n\n" +
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
	s, err := p.newServer(ctx, token, p.articlePaths(c))
	if err != nil {
		return err
	}
	defer s.close()
	ctx, release := p.interruptible(ctx)
	defer release()
	return s.run(ctx)
}

// discordConfig is how Discord is reached.
func (p *Program) discordConfig(token string) discord.Config {
	return discord.Config{Token: token, API: p.Getenv("VERBATIM_DISCORD_API")}
}

// log writes for whoever runs the bot.
func (p *Program) log() *slog.Logger { return slog.New(slog.NewTextHandler(p.Err, nil)) }

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
