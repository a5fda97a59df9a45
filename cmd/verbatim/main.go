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
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	p := &cli.Program{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv: os.Getenv, Now: time.Now, Version: version,
	}
	return p.Run(ctx, os.Args)
}
