// Verbatim answers questions from trusted articles, only in the articles' own
// words: in the terminal and as a Discord bot.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"verbatim/internal/cli"
)

// version is set by the linker in released builds.
var version = "dev"

func main() {
	p := &cli.Program{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv: os.Getenv, Now: time.Now, Version: version,
		Interrupted: interrupted,
	}
	os.Exit(p.Run(context.Background(), os.Args))
}

// interrupted ends with the first SIGINT or SIGTERM; the second ends the program
// at once.
func interrupted(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
