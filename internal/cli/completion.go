package cli

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"
)

// completionRequest is the last word of a command line by which the scripts of
// all shells ask what could stand in its place.
const completionRequest = "--generate-shell-completion"

// bashCompletion is a script of our own, since that of the library needs the
// bash-completion package, which not every system has.
//
//go:embed completion.bash
var bashCompletion string

func (p *Program) describeCompletion(c *cli.Command) {
	c.Hidden = false
	c.Usage = "prints the completion script of a shell"
	c.Description = example("source <(verbatim completion bash)", "source <(verbatim completion zsh)",
		"verbatim completion fish >~/.config/fish/completions/verbatim.fish")
	c.Action = needsSubcommand
	for _, shell := range c.Commands {
		shell.Usage = "the script for " + shell.Name
		shell.Description = example("verbatim completion " + shell.Name)
		if shell.Name == "bash" {
			shell.Action = func(context.Context, *cli.Command) error {
				_, err := io.WriteString(p.Out, bashCompletion)
				return err
			}
		}
	}
}

// completer suggests what could follow words, one "word:explanation" a line. No
// line means that the shell should offer files.
func (p *Program) completer(words []string) cli.ShellCompleteFunc {
	last := ""
	if len(words) > 0 {
		last = words[len(words)-1]
	}
	return func(_ context.Context, c *cli.Command) {
		switch values, ok := valuesOf(last); {
		case ok:
			fmt.Fprintln(p.Out, strings.Join(values, "\n"))
		case takesValue(c, last):
		case strings.HasPrefix(last, "-"):
			p.suggestFlags(c, last)
		case len(c.VisibleCommands()) > 0:
			p.suggestCommands(c)
		default:
			p.suggestArguments(c)
		}
	}
}

// valuesOf returns the values that a flag takes, when there are a few.
func valuesOf(flag string) ([]string, bool) {
	switch strings.TrimLeft(flag, "-") {
	case "style":
		return strings.Split(styleNames(), ", "), true
	case "channel":
		return []string{"general", "age-restricted"}, true
	}
	return nil, false
}

// takesValue reports whether a word is a flag whose value comes next.
func takesValue(c *cli.Command, word string) bool {
	name := strings.TrimLeft(word, "-")
	for _, flag := range c.Flags {
		for _, n := range flag.Names() {
			if n == name && name != word {
				_, isSwitch := flag.(*cli.BoolFlag)
				return !isSwitch
			}
		}
	}
	return false
}

func (p *Program) suggestFlags(c *cli.Command, prefix string) {
	for _, flag := range c.VisibleFlags() {
		usage := ""
		if documented, ok := flag.(cli.DocGenerationFlag); ok {
			usage = documented.GetUsage()
		}
		if name := "--" + flag.Names()[0]; strings.HasPrefix(name, prefix) {
			fmt.Fprintf(p.Out, "%s:%s\n", name, strings.ReplaceAll(usage, "`", ""))
		}
	}
}

func (p *Program) suggestCommands(c *cli.Command) {
	for _, sub := range c.VisibleCommands() {
		fmt.Fprintf(p.Out, "%s:%s\n", sub.Name, sub.Usage)
	}
}

// suggestArguments suggests the slug or the topic that a command takes.
func (p *Program) suggestArguments(c *cli.Command) {
	switch {
	case c.Args().Present():
	case strings.Contains(c.ArgsUsage, "SLUG"):
		all, err := p.loadArticles(p.articlePaths(c))
		if err != nil {
			return // the command itself says what is wrong
		}
		for _, a := range articlesOf(all) {
			fmt.Fprintf(p.Out, "%s:%s\n", a.Slug, printable(a.Meta.Title))
		}
	case strings.Contains(c.ArgsUsage, "TOPIC"):
		rules, err := shippedRules()
		if err != nil {
			return
		}
		for _, topic := range rules.Topics() {
			fmt.Fprintf(p.Out, "%s:tier %s\n", topic.ID, topic.Tier)
		}
	}
}
